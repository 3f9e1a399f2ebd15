import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  beginUsage,
  chooseExport,
  confirmReview,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

const awkward = '=1+1 "true-up", Zürich 😀';

/** One record that AWS refused, and the identical one that was sent again and accepted. */
test.beforeEach(async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '1,250');
  await page.getByLabel(/^Description/).fill(awkward);
  await steer(app, 'PUT', 'faults', [
    { operation: 'BatchMeterUsage', kind: 'InvalidUsageDimensionException', times: 1 },
  ]);
  await submitReview(page, 1);
  await expect(page.getByText('Rejected', { exact: true }).last()).toBeVisible();
  await page.getByRole('link', { name: /^Rejected/ }).click();
  await page.getByRole('button', { name: /^Send again/ }).click();
  await confirmReview(page, 1);
  await expect(page.getByText('Accepted', { exact: true }).last()).toBeVisible();
});

async function openHistory(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'Usage records (2)' })).toBeVisible();
}

const rowsOf = (page: Page) =>
  page.getByRole('table', { name: 'Usage records' }).getByRole('button', { name: /open the record/ });

test('a contract’s usage is added up by month, beside a chart that the keyboard reaches', async ({
  page,
}) => {
  const recent = page.getByRole('table', { name: 'Totals of this month and the last' });
  await expect(recent.getByText('1,250', { exact: false }).first()).toBeVisible();
  await expect(recent.getByText(/accepted$/)).toBeVisible();
  await expect(recent.getByText(/rejected$/)).toBeVisible();
  await page.getByRole('button', { name: 'The chart as a table' }).click();
  await expect(
    page.getByRole('table', { name: 'Usage by month and dimension' }).getByRole('row'),
  ).toHaveCount(2);
  await checkAccessibility(page);
  const chart = page.getByRole('application', { name: /^Custom metrics/ });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tooltip').getByRole('listitem')).toHaveText([
    /^Quantity accepted\s*1,250$/,
    /^Quantity rejected\s*1,250$/,
  ]);
});

test('from a row of the history one comes to its contract, its submission and what took its place', async ({
  page,
}) => {
  await openHistory(page);
  await page.getByRole('button', { name: 'Rejected', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Usage records (1)' })).toBeVisible();
  expect(page.url()).toContain('status=rejected');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Usage records (1)' })).toBeVisible();
  await checkAccessibility(page);

  await rowsOf(page).click();
  await page.getByRole('button', { name: 'The record that took its place' }).click();
  await page.getByRole('button', { name: 'The rejected record that this one takes the place of' }).click();
  await page.getByRole('link', { name: 'Its submission, with a receipt to print' }).click();
  const receipt = page.getByRole('article', { name: 'Receipt' });
  await expect(receipt.getByText('1,250')).toBeVisible();
  await expect(receipt.getByText(/^\d+:[0-9a-f]{64}$/)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Usage records (1)' })).toBeVisible();
  await page.getByRole('table', { name: 'Usage records' }).getByRole('link').first().click();
  await expect(page.getByRole('tab', { name: 'Usage', selected: true })).toBeVisible();
});

test('what is filtered is exported, in the chosen zone, and read back as it was', async ({ app, page }) => {
  await openHistory(page);
  await page.getByRole('searchbox').fill('zÜRICH');
  const xlsx = await chooseExport(page, 'xlsx');
  await page.getByRole('button', { name: /^Local times in/ }).click();
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  await checkAccessibility(page);
  const parts = unzipSync(await readFile(await app.saved(page, () => xlsx.click())));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet.match(/<row /g)).toHaveLength(3);
  expect(sheet).toContain('>=1+1 &quot;true-up&quot;, Zürich 😀</t>');
  expect(sheet).not.toContain('<f>');
  const about = strFromU8(parts['xl/worksheets/sheet2.xml'] ?? new Uint8Array());
  expect(about).toContain('Asia/Tokyo');

  const csv = await chooseExport(page, 'csv');
  const text = await readFile(await app.saved(page, () => csv.click()), 'utf8');
  const rows = parse(text, { bom: true, columns: true }) as readonly Record<string, string>[];
  expect(rows.map((row) => row.Status)).toEqual(['rejected', 'accepted']);
  expect(rows.map((row) => row.Description)).toEqual([`'${awkward}`, `'${awkward}`]);
  expect(rows[0]?.Successor).toBe(rows[1]?.Record);
});
