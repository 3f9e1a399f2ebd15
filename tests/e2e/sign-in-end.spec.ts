/** The end of a sign-in, met at work: what was entered stays, and goes on after a sign-in from where one is. */
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { confirmationText } from '../../src/contract/entry.ts';
import { checkAccessibility, expect, test } from './support/app.ts';
import type { HostedApp } from './support/hosted-app.ts';
import { appOf } from './support/hosted-app.ts';
import { agreementWith, badges, beginUsage, fillLine, openContract, signIn, steer } from './support/tasks.ts';

const minuteMs = 60_000;

/** As when an admin ends it: AWS takes neither the sign-in nor the credentials that came of it. */
async function revokeSignIn(app: HostedApp): Promise<void> {
  await steer(app, 'DELETE', 'sign-ins');
  await steer(app, 'POST', 'faults', [
    { operation: 'BatchMeterUsage', kind: 'expired-token', times: 'always' },
  ]);
}

test('a sign-in that ends between the review and its confirmation keeps both, and asks to confirm again', async ({
  app,
  page,
}) => {
  await steer(app, 'PUT', 'world/signIn', { accessTokenMs: 10 * minuteMs, refreshTokens: false });
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '1,250');
  await page.getByLabel(/^Description/).fill('November true-up');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  const toggle = page.getByRole('switch', { name: confirmationText }).or(page.getByLabel(confirmationText));
  await toggle.first().click();
  const submit = page.getByRole('button', { name: 'Submit 1 line to AWS' });
  await expect(submit).toBeEnabled();
  await steer(app, 'PUT', 'clock', { mode: 'shift', ms: 11 * minuteMs });

  const dialog = page.getByRole('dialog', { name: 'The sign-in has ended' });
  await expect(dialog).toBeVisible();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Sign in again as seller-ops' }).click();
  await appOf(page).approveSignIn(page);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await expect(toggle.first()).not.toBeChecked();
  await expect(submit).toBeDisabled();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByLabel('Quantity').first()).toHaveValue('1,250');
  await expect(page.getByLabel(/^Description/)).toHaveValue('November true-up');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await toggle.first().click();
  await submit.click();
  await expect(badges(page, 'Accepted')).toHaveCount(1);
  expect(await steer(app, 'GET', 'metered')).toHaveLength(1);
});

test('a record that was confirmed before the end is held, and goes out by itself after the sign-in', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '7');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await revokeSignIn(app);
  await page
    .getByRole('switch', { name: confirmationText })
    .or(page.getByLabel(confirmationText))
    .first()
    .click();
  await page.getByRole('button', { name: 'Submit 1 line to AWS' }).click();
  const dialog = page.getByRole('dialog', { name: 'The sign-in has ended' });
  await expect(dialog).toBeVisible();
  await steer(app, 'DELETE', 'faults');
  await dialog.getByRole('button', { name: 'Sign in again as seller-ops' }).click();
  await appOf(page).approveSignIn(page);
  await expect(badges(page, 'Accepted')).toHaveCount(1);
});

test('signing out says what it ends, ends it at AWS, and removes the one token', async ({ app, page }) => {
  await signIn(page);
  const cache = join(app.dataDir, 'practice', 'home', '.aws', 'sso', 'cache');
  expect(readdirSync(cache)).toHaveLength(1);
  await page.getByRole('button', { name: /482[,-]?9136|4829-1360-7251/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out of AWS' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out of AWS' });
  await expect(dialog.getByText(/The AWS CLI\s+shares it/)).toBeVisible();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Welcome to Usage Desk' })).toBeVisible();
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  expect(await steer(app, 'GET', 'calls')).toContainEqual(expect.objectContaining({ operation: 'Logout' }));
});

test('a role that asks for a code, added to the config while the app runs, is signed in with', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('button', { name: 'Continue with seller-ops' })).toBeVisible();
  const config = join(app.dataDir, 'practice', 'home', '.aws', 'config');
  appendFileSync(
    config,
    '\n[profile with-code]\nrole_arn = arn:aws:iam::482913607251:role/UsageReporterMfa\nsource_profile = static-key\nmfa_serial = arn:aws:iam::482913607251:mfa/usage-scripts\n\n[profile no good name]\nregion = us-east-1\n',
  );
  await expect(page.getByText(/Its name has a space/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Continue with with-code' }).click();
  const field = page.getByRole('textbox', { name: 'Code' });
  await expect(field).toBeFocused();
  await expect(page.getByText('arn:aws:iam::482913607251:mfa/usage-scripts')).toBeVisible();
  await checkAccessibility(page);
  await field.fill('12');
  await field.press('Enter');
  await expect(page.getByText('Enter the six digits that the device shows.')).toBeVisible();
  await field.fill('000 000');
  await field.press('Enter');
  await expect(page.getByText(/AWS did not take this code/)).toBeVisible();
  await expect(field).toBeFocused();
  await field.fill('123456');
  await field.press('Enter');
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('UsageReporterMfa');
});
