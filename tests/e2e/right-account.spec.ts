/** Whose usage it is: nothing leaves under another seller account, and a role that may not report says so. */
import type { Page } from '@playwright/test';
import { checkAccessibility, expect, test } from './support/app.ts';
import type { HostedApp } from './support/hosted-app.ts';
import {
  agreementWith,
  beginUsage,
  confirmReview,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

const topBar = (page: Page) => page.locator('#top-bar').getByRole('button', { name: /MarketplaceMetering/ });

const meteringFails = (app: HostedApp, kind: string) =>
  steer(app, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', kind, times: 'always' }]);

const quantities = async (app: HostedApp): Promise<readonly number[]> =>
  ((await steer(app, 'GET', 'metered')) as readonly { readonly quantity: number }[]).map(
    ({ quantity }) => quantity,
  );

async function submitOne(app: HostedApp, page: Page): Promise<void> {
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '11');
  await submitReview(page, 1);
}

test('another account can’t send what was reviewed under the first, and what is pending for that waits until the way back', async ({
  app,
  page,
}) => {
  await signIn(page);
  await meteringFails(app, 'throttling');
  await submitOne(app, page);
  await beginUsage(page);
  await fillLine(page, 1, 'Synthetic test runs', '12');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^Review usage/ })).toBeVisible();

  await topBar(page).click();
  await page.getByRole('menuitem', { name: /^labs-ops .*7160-2495-8833/ }).click();
  await expect(topBar(page)).toHaveText(/7160-2495-8833/);
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  await page.goBack();
  await page
    .getByRole('switch')
    .or(page.getByLabel(/^I confirm/))
    .first()
    .click();
  await page.getByRole('button', { name: 'Submit 1 line to AWS' }).click();
  await expect(
    page.getByText('It belongs to 4829-1360-7251. You are signed in to 7160-2495-8833.'),
  ).toBeVisible();

  await page.getByRole('link', { name: /^Pending/ }).click();
  await expect(page.getByText(/^1 record waits for account .*4829-1360-7251/)).toBeVisible();
  await expect(page.getByText('Every record of this seller account has its final answer.')).toBeVisible();
  await checkAccessibility(page);
  await steer(app, 'DELETE', 'faults');
  await page.getByRole('button', { name: 'Sign in with seller-ops' }).click();
  await expect(topBar(page)).toHaveText(/4829-1360-7251/);
  // The profile comes back to the review that was left.
  await confirmReview(page, 1);
  await page.getByRole('link', { name: /^Pending/ }).click();
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  expect([...(await quantities(app))].sort()).toEqual([11, 12]);
});

test('a role that may not report holds the record and says so on the button, with the policy to ask for, until a check passes', async ({
  app,
  page,
}) => {
  await signIn(page);
  await meteringFails(app, 'access-denied');
  await submitOne(app, page);
  const notice = page.locator('.messages');
  await expect(notice).toContainText('This role can’t submit usage');
  await expect(notice).toContainText('aws-marketplace:BatchMeterUsage');
  const add = page.getByRole('button', { name: 'Add usage' }).first();
  await expect(add).toHaveAttribute('aria-disabled', 'true');
  await add.hover();
  await expect(
    page.getByText(/^Your role may not report usage. Ask/).filter({ visible: true }),
  ).toBeVisible();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'The policy, for this account' }).click();
  const policy = page.locator('pre').filter({ hasText: 'aws-marketplace:BatchMeterUsage' });
  await expect(policy).toContainText('"aws:RequestedRegion": "us-east-1"');
  await expect(policy).toContainText(
    'arn:aws:aws-marketplace:us-east-1:482913607251:AWSMarketplace/SaaSProduct/*',
  );
  await checkAccessibility(page);

  await steer(app, 'DELETE', 'faults');
  await notice.getByRole('button', { name: 'Check again' }).click();
  await expect(notice).not.toContainText('This role can’t submit usage');
  await page.getByRole('link', { name: /^Pending/ }).click();
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  expect(await quantities(app)).toEqual([11]);
});
