import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  badges,
  beginUsage,
  chooseExport,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

test('sign in, find a contract, add two lines, review, confirm, and see both accepted', {
  tag: '@smoke',
}, async ({ app, page }) => {
  await checkAccessibility(page);
  await signIn(page);
  await expect(page.getByRole('banner')).toContainText('MarketplaceMetering');
  await checkAccessibility(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await checkAccessibility(page);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '1,250');
  await expect(page.getByText('= 1,250')).toBeVisible();
  await page.getByRole('button', { name: 'Add a line' }).click();
  await fillLine(page, 2, 'Synthetic test runs', '40');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('Submissions are final and cannot be reversed.')).toBeVisible();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByLabel('Quantity').first()).toHaveValue('1,250');
  await submitReview(page, 2);
  await expect(badges(page, 'Accepted')).toHaveCount(2);
  await checkAccessibility(page);
  expect(await steer(app, 'GET', 'metered')).toHaveLength(2);
});

test('a dimension that the listing lost is rejected, and its badge says what to do', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId, productId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  const product = (await steer(app, 'GET', `world/products/${productId}`)) as {
    readonly dimensions: readonly { readonly Key: string }[];
  };
  await steer(app, 'PUT', `world/products/${productId}`, {
    ...product,
    dimensions: product.dimensions.filter(({ Key }) => Key !== 'custom_metrics'),
  });
  await submitReview(page, 1);
  await expect(badges(page, 'Rejected').last()).toBeVisible();
  await page
    .getByRole('button', { name: /dimension/i })
    .last()
    .click();
  const popover = page.getByRole('dialog');
  await expect(popover).toContainText(/Why this happens/i);
  await expect(popover).toContainText(/What to do/i);
  await checkAccessibility(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation').first()).toContainText(/Rejected\s*1/);
});

test('a contract that ended 50 minutes ago still takes usage of before its end', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'ended-50-minutes-ago');
  await openContract(page, agreementId);
  await expect(page.getByText(/min left to report/).first()).toBeVisible();
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  await page.getByRole('radio', { name: /free/ }).last().click();
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
});

test('a contract that ended two hours ago takes none, and says why', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'ended-2-hours-ago');
  await openContract(page, agreementId);
  const add = page.getByRole('button', { name: 'Add usage' });
  await expect(add).toBeDisabled();
  await add.focus();
  await expect(page.getByText(/ended/i).last()).toBeVisible();
  await page.goto(`${app.origin}/#/contracts/${agreementId}/add-usage`);
  await expect(page.getByRole('button', { name: 'Review', exact: true })).toHaveCount(0);
});

test('leaving the form keeps a draft, and coming back offers it', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '77');
  await page.getByRole('link', { name: 'Contracts' }).first().click();
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  await page.goto(`${app.origin}/#/contracts/${agreementId}/add-usage`);
  await page.getByRole('button', { name: /^Continue/ }).click();
  await expect(page.getByLabel('Quantity')).toHaveValue('77');
});

test('the export of a contract can be read back, with every field of the record', { tag: '@smoke' }, async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '12');
  await page.getByLabel(/^Description/).fill('=1+1 "true-up", Zürich');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  const begin = await chooseExport(page, 'csv');
  const path = await app.saved(page, () => begin.click());
  const text = await readFile(path, 'utf8');
  expect(text.split('\r\n').length).toBe(3);
  const rows = parse(text, { bom: true, columns: true }) as readonly Record<string, string>[];
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    Agreement: agreementId,
    Dimension: 'custom_metrics',
    Quantity: '12',
    Status: 'accepted',
    Description: `'=1+1 "true-up", Zürich`,
    'Submitted by role': 'MarketplaceMetering',
    Currency: 'USD',
  });
  expect(rows[0]?.['Metering record id']).toBeTruthy();
  expect(rows[0]?.['Usage time (UTC)']).toMatch(/Z$/);
});

test('every step goes by keyboard alone', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '5');
  await page.keyboard.press('Control+Enter');
  const confirm = page.getByRole('switch').or(page.locator('input[type=checkbox]')).first();
  await confirm.focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Submit 1 line to AWS' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(badges(page, 'Accepted')).toBeVisible();
  expect(await steer(app, 'GET', 'metered')).toHaveLength(1);
});
