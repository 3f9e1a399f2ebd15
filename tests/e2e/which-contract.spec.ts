import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { World } from '../../src/main/practice/world-schema.ts';
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

type App = Parameters<typeof agreementWith>[0];

async function worldAgreement(app: App, edge: string): Promise<World['agreements'][number]> {
  const world = (await steer(app, 'GET', 'world')) as World;
  const found = world.agreements.find((agreement) => agreement.edge === edge);
  if (!found) throw new Error(`the practice world has no contract ${edge}`);
  return found;
}

test('of two licences the person chooses one, and it stands on the review and in the record', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId, licenseArns } = await worldAgreement(app, 'two-licences');
  const second = licenseArns[1] ?? '';
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '7');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('Choose the licence that this usage belongs to.').first()).toBeVisible();
  await expect(page.getByRole('radio', { name: second })).not.toBeChecked();
  await expect(page.getByText('Monitored hosts: 125 hosts bought')).toBeVisible();
  await checkAccessibility(page);
  await page.getByRole('radio', { name: second }).check();
  await page.reload();
  await page.getByRole('button', { name: 'Continue your draft' }).click();
  await expect(page.getByRole('radio', { name: second })).toBeChecked();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText(`on licence ${second}`)).toBeVisible();
});

test('a contract without a licence says what that means and takes one that AWS finds on it', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId, unlistedLicenseArns = [] } = await worldAgreement(app, 'licence-not-provisioned');
  const other = await worldAgreement(app, 'pay-as-you-go');
  await openContract(page, agreementId);
  await page
    .getByRole('link', { name: 'Add usage' })
    .or(page.getByRole('button', { name: 'Add usage' }))
    .click();
  await page.getByRole('radio', { name: 'By licence' }).check();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByText('AWS shows no licence for this contract')).toBeVisible();
  const field = page.getByLabel('Licence ARN');
  const check = page.getByRole('button', { name: 'Check the licence with AWS' });
  await field.fill(other.licenseArns[0] ?? '');
  await check.click();
  await expect(page.getByText('This licence belongs to another buyer')).toBeVisible();
  await checkAccessibility(page);
  await field.fill(unlistedLicenseArns[0] ?? '');
  await check.click();
  await fillLine(page, 1, 'Rows processed', '12');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText(`on licence ${unlistedLicenseArns[0] ?? ''}`)).toBeVisible();
});

test('from the total used, the calculation offers what lies beyond the entitlement', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await page.getByRole('button', { name: /^Dimension/ }).click();
  await page.getByRole('option', { name: 'Data ingested' }).first().click();
  await page.getByRole('button', { name: 'Calculate it from the total' }).click();
  await page.getByLabel('Used in total').fill('6,200');
  await expect(page.getByText('6,200 used − 5,000 bought = 1,200 GB beyond')).toBeVisible();
  await expect(page.getByLabel('Quantity', { exact: true })).toHaveValue('');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Use 1,200 as the quantity' }).click();
  await expect(page.getByLabel('Quantity', { exact: true })).toHaveValue('1200');
});

test('usage from before a switch goes to the contract whose it is, as it was typed', async ({
  app,
  page,
}) => {
  await signIn(page);
  const before = await agreementWith(app, 'replaced');
  const after = await worldAgreement(app, 'replacement');
  await openContract(page, after.agreementId);
  await page.getByRole('tab', { name: 'Chain' }).click();
  await expect(page.getByRole('table', { name: 'Chain of this contract' })).toContainText(before.agreementId);
  await checkAccessibility(page);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '9');
  await page.getByLabel(/^Description/).fill('before the switch');
  const moment = await page.evaluate(
    (ms) => {
      const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString();
      return { date: local.slice(0, 10), time: local.slice(11, 19) };
    },
    Date.parse(after.startTime) - 10 * 60_000,
  );
  await page.getByLabel('Start date', { exact: true }).fill(moment.date);
  await page.getByLabel(/^Start time, /).fill(moment.time);
  await page.getByLabel(/^Start time, /).blur();
  await expect(page.getByText(`This time belongs to ${before.agreementId}`)).toBeVisible();
  await page.getByRole('button', { name: 'Open it with this line' }).click();
  await expect(page).toHaveURL(new RegExp(`${before.agreementId}/add-usage`));
  await expect(page.getByLabel('Quantity', { exact: true })).toHaveValue('9');
  await expect(page.getByLabel(/^Description/)).toHaveValue('before the switch');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();

  // The chain is one table: whose each record is stands beside it, and the newest is on top.
  await page.goto(`${app.origin}/#/contracts/${after.agreementId}/usage`);
  const rows = page.getByRole('table', { name: 'Usage records' }).getByRole('row');
  await expect(page.getByText('Of the 2 contracts of this chain, newest first.')).toBeVisible();
  await expect(rows.nth(1)).toContainText('before the switch');
  await expect(
    rows.nth(1).getByRole('link', { name: `The one before: ${before.agreementId}` }),
  ).toBeVisible();
  await checkAccessibility(page);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '4');
  await submitReview(page, 1);
  await expect(rows.nth(1)).toContainText('This one');
  await expect(rows.nth(1).getByText('Accepted', { exact: true })).toBeVisible();
  await expect(rows.nth(2)).toContainText('The one before');
  await rows
    .nth(2)
    .getByRole('link', { name: /^The one before/ })
    .click();
  await expect(page).toHaveURL(new RegExp(`${before.agreementId}/usage`));
  await expect(rows.nth(1).getByRole('link', { name: `The one after: ${after.agreementId}` })).toBeVisible();
  await expect(rows.nth(2)).toContainText('This one');
  const csv = await chooseExport(page, 'csv');
  await expect(page.getByText('The usage of the 2 contracts of this chain')).toBeVisible();
  const text = await readFile(await app.saved(page, () => csv.click()), 'utf8');
  const exported = parse(text, { bom: true, columns: true }) as readonly Record<string, string>[];
  expect(exported.map((row) => row.Agreement)).toEqual([before.agreementId, after.agreementId]);
});

test('two contracts of one buyer for one product stand apart by dates, licence and price, and neither is picked', async ({
  app,
  page,
}) => {
  await signIn(page);
  const full = await worldAgreement(app, 'concurrent-a');
  const cheaper = await worldAgreement(app, 'concurrent-b');
  const licence = ({ licenseArns }: typeof full) => `…${licenseArns[0]?.slice(-8)}`;
  await page.getByRole('searchbox').fill(full.acceptorAccountId);
  for (const one of [full, cheaper])
    await expect(page.getByRole('row').filter({ hasText: one.agreementId })).toContainText(
      new RegExp(`One of several: since .* 2\\d{3}, licence ${licence(one)}`),
    );
  await openContract(page, cheaper.agreementId);
  await page.getByRole('tab', { name: 'Chain' }).click();
  const own = page.getByRole('table', { name: 'Chain of this contract' }).getByRole('row').nth(1);
  const other = page
    .getByRole('table', { name: 'Other contracts of this buyer for the product' })
    .getByRole('row')
    .filter({ hasText: full.agreementId });
  await expect(own).toContainText(licence(cheaper));
  await expect(own).toContainText('0.0595 USD per GB');
  await expect(other).toContainText(licence(full));
  await expect(other).toContainText('no end date');
  await expect(other).toContainText('0.07 USD per GB');
  await checkAccessibility(page);
  await beginUsage(page);
  await expect(page.getByText('This buyer has another contract for this product')).toBeVisible();
  await expect(page.getByText('Data egress 0.07 USD per GB (here 0.0595 USD per GB)')).toBeVisible();
});

test('a contract that a channel partner sold is added by hand, metered and removed', async ({
  app,
  page,
}) => {
  await signIn(page);
  const sold = await worldAgreement(app, 'sold-by-channel-partner');
  await page.getByRole('searchbox').fill(sold.agreementId);
  await page.getByRole('link', { name: 'added by hand' }).click();
  await page.getByRole('button', { name: 'Add the contract' }).click();
  await expect(page.getByText('Enter the licence ARN.')).toBeVisible();
  await page.getByLabel('Licence ARN').fill(sold.licenseArns[0] ?? '');
  await page.getByLabel('Buyer account').fill(sold.acceptorAccountId);
  await page.getByLabel('Product').fill(sold.productId);
  await page.keyboard.press('Escape');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Add the contract' }).click();
  await expect(page.getByText('AWS doesn’t list this contract for your account')).toBeVisible();
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '5');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await page.getByRole('button', { name: 'Remove this contract' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the contract' }).click();
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
});

const saidOf: readonly (readonly [edge: string, sentence: RegExp])[] = [
  ['ami', /AWS bills its hours, or its software calls MeterUsage itself/],
  ['machine-learning', /Amazon SageMaker meters it where it runs/],
  ['professional-service', /it is billed by its agreed payments/],
  ['no-consumption', /what the buyer uses was bought in advance/],
  ['no-usage-term', /what the buyer uses was bought in advance/],
  ['unknown-status', /the status “ON_HOLD”, which Usage Desk does not know/],
  ['unknown-product-type', /AWS calls this product “.+”, which Usage Desk does not know/],
  ['not-started', /Usage can be reported from then on/],
  ['ended-long-ago', /has to be settled with the buyer outside AWS Marketplace/],
  ['product-of-another-seller', /Sign in to the account that published the product/],
];

test('each contract that takes no usage says why, on its page', async ({ app, page }) => {
  await signIn(page);
  for (const [edge, sentence] of saidOf) {
    const { agreementId } = await agreementWith(app, edge);
    await page.goto(`${app.origin}/#/contracts/${agreementId}/usage`);
    await expect(page.getByText(agreementId).first()).toBeVisible();
    await expect(page.getByText(sentence).filter({ visible: true }).first(), edge).toBeVisible();
    const add = page
      .getByRole('link', { name: 'Add usage' })
      .or(page.getByRole('button', { name: 'Add usage' }));
    await expect(add, edge).toBeDisabled();
  }
});

test('a container is told not to be reported by hand, on its page and at the address of its form', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'container');
  const why = page
    .getByText(/its software calls RegisterUsage or MeterUsage itself/)
    .filter({ visible: true });
  await openContract(page, agreementId);
  await expect(why.first()).toBeVisible();
  await page.goto(`${app.origin}/#/contracts/${agreementId}/add-usage`);
  await expect(page.getByText('Usage can’t be added to this contract')).toBeVisible();
  await expect(why.first()).toBeVisible();
});
