import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  badges,
  beginUsage,
  confirmReview,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

/** One record that AWS refuses, seen on the Rejected screen. */
test.beforeEach(async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '1,250');
  await steer(app, 'PUT', 'faults', [
    { operation: 'BatchMeterUsage', kind: 'InvalidUsageDimensionException', times: 1 },
  ]);
  await submitReview(page, 1);
  await expect(badges(page, 'Rejected').last()).toBeVisible();
  await page.getByRole('link', { name: /^Rejected/ }).click();
  await expect(page.getByRole('heading', { name: /^Still in time/ })).toBeVisible();
});

test('a rejected record is corrected, sent through a review of its own, accepted, and linked', async ({
  page,
}) => {
  await page.getByRole('button', { name: /Invalid usage dimension: explain/ }).click();
  await expect(page.getByText('On this record')).toBeVisible();
  await expect(page.getByText(/^It was sent with the dimension key/)).toBeVisible();
  await page.getByRole('button', { name: 'Close the explanation' }).click();
  await checkAccessibility(page);

  await page.getByRole('button', { name: /^Correct and resend/ }).click();
  await expect(page.getByText(/^In the place of the record of 1,250/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Dimension/ })).toBeFocused();
  await expect(page.getByLabel('Quantity')).toHaveValue('1250');
  await fillLine(page, 1, 'Synthetic test runs', '1,200');
  await checkAccessibility(page);
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await expect(badges(page, 'Rejected').last()).toBeVisible();

  await page.getByRole('link', { name: /^Rejected/ }).click();
  await expect(page.getByText('Nothing is open')).toBeVisible();
});

test('the identical record goes again once its cause is gone', async ({ app, page }) => {
  await page.getByRole('button', { name: /^Send again/ }).click();
  await expect(page.getByRole('heading', { name: /^Review usage for/ })).toBeVisible();
  await expect(page.getByText(/^In the place of the record of 1,250/)).toBeVisible();
  await confirmReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  expect(await steer(app, 'GET', 'metered')).toMatchObject([{ quantity: 1250 }]);
});

test('several of one contract go again together, through one review', async ({ app, page }) => {
  await page.getByRole('table', { name: 'Usage records' }).getByRole('link').first().click();
  await beginUsage(page);
  await fillLine(page, 1, 'Synthetic test runs', '40');
  await steer(app, 'PUT', 'faults', [
    { operation: 'BatchMeterUsage', kind: 'InvalidUsageDimensionException', times: 1 },
  ]);
  await submitReview(page, 1);
  await expect(badges(page, 'Rejected')).toHaveCount(2);
  await page.getByRole('link', { name: /^Rejected/ }).click();
  await expect(page.getByRole('heading', { name: 'Still in time (2)' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send records again' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Choose all records' }).check();
  await page.getByRole('button', { name: 'Send 2 records again' }).click();
  await confirmReview(page, 2);
  await expect(badges(page, 'Accepted')).toHaveCount(2);
  expect(await steer(app, 'GET', 'metered')).toHaveLength(2);
  await page.getByRole('link', { name: /^Rejected/ }).click();
  await expect(page.getByText('Nothing is open')).toBeVisible();
});

test('what can’t be billed is written off with a note, and reopened', async ({ page }) => {
  await page.getByRole('button', { name: /open the record of Custom metrics/ }).click();
  await page.getByRole('button', { name: 'Write off', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Write this record off?' });
  await dialog.getByRole('button', { name: 'Write off 1 record' }).click();
  await expect(dialog.getByText('Enter a few words: finance will ask.')).toBeVisible();
  await dialog.getByLabel('Note').fill('Settled by invoice 4711');
  await expect(dialog.getByLabel('Amount in USD')).toHaveValue('15.625');
  await dialog.getByLabel('Amount in USD').fill('15.62');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Write off 1 record' }).click();
  await expect(page.getByText('Nothing is open')).toBeVisible();
  await expect(page.getByText('Settled by invoice 4711')).toBeVisible();
  await expect(page.getByText('15.62 USD')).toBeVisible();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await expect(page.getByRole('heading', { name: /^Still in time/ })).toBeVisible();
});

test('a support bundle is shown, saved and holds what was shown', async ({ app, page }) => {
  await page.getByRole('button', { name: /open the record of Custom metrics/ }).click();
  await page.getByRole('button', { name: 'Ask AWS', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask AWS, with everything at hand' });
  await expect(dialog.getByText(/InvalidUsageDimensionException/).first()).toBeVisible();
  await checkAccessibility(page);
  const saved = await app.saved(page, () =>
    dialog.getByRole('button', { name: 'Save the support bundle' }).click(),
  );
  const files = unzipSync(await readFile(saved));
  const json = strFromU8(files['records.json'] ?? new Uint8Array());
  expect(json).toContain('InvalidUsageDimensionException');
  expect(json).not.toMatch(/accessKey|sessionToken|AKIA|ASIA/);
});
