/** What a person can do with a pending record, each from its row. */
import type { Page } from '@playwright/test';
import { checkAccessibility, expect, test } from './support/app.ts';
import type { HostedApp } from './support/hosted-app.ts';
import {
  agreementWith,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

/** AWS's answers to metering calls from now on. */
const setFault = (app: HostedApp, fault: Readonly<Record<string, unknown>>) =>
  steer(app, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', times: 'always', ...fault }]);

/** Submits lines of these dimensions, with the quantities 11, 12 and so on. */
async function submitOn(app: HostedApp, page: Page, dimensions: readonly string[]): Promise<void> {
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  for (const [at, dimension] of dimensions.entries()) {
    if (at > 0) await page.getByRole('button', { name: 'Add a line' }).click();
    await fillLine(page, at + 1, dimension, String(11 + at));
  }
  await submitReview(page, dimensions.length);
}

/** The same, and goes to Pending. */
async function submitLines(app: HostedApp, page: Page, dimensions: readonly string[]): Promise<void> {
  await submitOn(app, page, dimensions);
  await page.getByRole('link', { name: /^Pending/ }).click();
}

const quantities = async (app: HostedApp): Promise<readonly number[]> =>
  ((await steer(app, 'GET', 'metered')) as readonly { readonly quantity: number }[]).map(
    ({ quantity }) => quantity,
  );

test('Try now: a held record is sent once its permission is there', async ({ app, page }) => {
  await signIn(page);
  await setFault(app, { kind: 'access-denied' });
  await submitLines(app, page, ['Custom metrics']);
  await expect(page.getByRole('heading', { name: /^Waiting for you/ })).toBeVisible();
  await expect(page.getByText('Not allowed', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('1 attempt', { exact: true })).toBeVisible();
  await expect(page.getByText(/^deadline in /)).toBeVisible();
  await expect(page).toHaveTitle(/1 pending \(1 for you\)/);
  await expect(page.getByTitle('1 waiting for you')).toBeVisible();
  await checkAccessibility(page);
  await steer(app, 'DELETE', 'faults');
  await page.getByRole('button', { name: /^Try now/ }).click();
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  await expect(page).not.toHaveTitle(/pending \(/);
  expect(await quantities(app)).toEqual([11]);
});

test('Sign in: a record that outlived the sign-in goes by itself after the next one', async ({
  app,
  page,
}) => {
  await signIn(page);
  await setFault(app, { kind: 'expired-token', times: 1 });
  await submitOn(app, page, ['Custom metrics']);
  // The end is told on every screen; whoever isn't ready for it finds the act at the record.
  await page.getByRole('dialog', { name: 'The sign-in has ended' }).getByText('Not now').click();
  await page.getByRole('link', { name: /^Pending/ }).click();
  await page.getByRole('button', { name: /^Sign in: / }).click();
  // A link where the person opens it; a button, to open it again, where the app has.
  const signInPage = page.getByText(/^Open the sign-in page/);
  const nothing = page.getByText('Nothing is pending');
  // AWS may still have the sign-in although it refused the credentials.
  await expect(signInPage.or(nothing)).toBeVisible();
  if (await signInPage.isVisible()) await app.approveSignIn(page);
  await expect(nothing).toBeVisible();
  expect(await quantities(app)).toEqual([11]);
});

test('Send anyway: a record that outgrew the window asks, and AWS takes it', async ({ app, page }) => {
  await signIn(page);
  await setFault(app, { kind: 'access-denied' });
  await submitLines(app, page, ['Custom metrics']);
  await expect(page.getByText('Not allowed', { exact: true }).first()).toBeVisible();
  await steer(app, 'PUT', 'clock', { mode: 'shift', instant: 'now+7h' });
  await steer(app, 'DELETE', 'faults');
  await page.getByRole('button', { name: /^Try now/ }).click();
  await page.getByRole('button', { name: /^Send anyway/ }).click();
  const question = page.getByRole('dialog', { name: 'Send this record although it has become old?' });
  await checkAccessibility(page);
  await question.getByRole('button', { name: 'Send this record' }).click();
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  expect(await quantities(app)).toEqual([11]);
});

test('Decide: a record of unknown outcome is settled by the person, on the evidence', async ({
  app,
  page,
}) => {
  await signIn(page);
  await setFault(app, { kind: 'unknown-status', status: 'Deferred' });
  await submitLines(app, page, ['Custom metrics']);
  await page.getByRole('button', { name: /^Decide/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('textbox').fill('AWS Support, case 4711: the record was taken.');
  await checkAccessibility(page);
  await dialog
    .getByRole('button', { name: /recorded|accepted/i })
    .last()
    .click();
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('button', { name: /open the record of Custom metrics/ }).click();
  await expect(page.getByRole('heading', { name: 'How it was settled' })).toBeVisible();
  await expect(page.getByText('AWS Support, case 4711: the record was taken.')).toBeVisible();
});

test('one bad record does not stop its batch, and each record tells how it was found', async ({
  app,
  page,
}) => {
  await signIn(page);
  await setFault(app, { kind: 'InvalidUsageDimensionException', containing: 'synthetic' });
  await submitLines(app, page, ['Custom metrics', 'Synthetic test runs']);
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  expect(await quantities(app)).toEqual([11]);
  await page.getByRole('link', { name: 'History' }).click();
  const rowOf = (dimension: string) => page.getByRole('row').filter({ hasText: dimension });
  await expect(rowOf('Synthetic test runs').getByText('Invalid usage dimension')).toBeVisible();
  await page.getByRole('button', { name: /open the record of Custom metrics/ }).click();
  await expect(page.getByText(/^Refused together with 1 other, .+ Sent again apart\.$/)).toBeVisible();
  await expect(page.getByText('Recorded', { exact: true })).toBeVisible();
});
