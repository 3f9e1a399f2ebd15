import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

const folder = mkdtempSync(join(tmpdir(), 'usage-desk-full-'));
const flag = join(folder, 'disk-is-full');
const nothingFlag = join(folder, 'disk-takes-nothing');
const preload = resolve(import.meta.dirname, 'support/full-disk.ts');

// Its disk is filled by a preload, which Electron takes from nobody's environment.
test.skip(({ host }) => host === 'electron');
test.use({ startEnv: { FULL_DISK: folder, NODE_OPTIONS: `--import ${preload}` } });
test.afterEach(() => {
  for (const one of [flag, nothingFlag]) rmSync(one, { force: true });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Longer than what is left in any page of the file, so that it has to grow. */
const description = '漢'.repeat(500);

async function fillForm(app: HostedApp, page: Page): Promise<void> {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  for (const [at, dimension] of ['Custom metrics', 'Synthetic test runs'].entries()) {
    if (at > 0) await page.getByRole('button', { name: 'Add a line' }).click();
    await fillLine(page, at + 1, dimension, String(11 + at));
    await page
      .getByLabel(/^Description/)
      .nth(at)
      .fill(description);
  }
}

test('a disk that is full at the confirmation says so, and nothing that was typed is lost', async ({
  app,
  page,
}) => {
  await fillForm(app, page);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page
    .getByRole('switch')
    .or(page.getByLabel(/^I confirm the usage data/))
    .first()
    .click();
  writeFileSync(flag, '');
  const submit = page.getByRole('button', { name: 'Submit 2 lines to AWS' });
  await submit.click();
  await expect(page.getByText('The disk is full').first()).toBeVisible();
  await checkAccessibility(page);
  expect(await steer(app, 'GET', 'metered')).toEqual([]);
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByLabel('Quantity').first()).toHaveValue('11');
  await expect(page.getByLabel('Quantity').nth(1)).toHaveValue('12');
  await expect(page.getByLabel(/^Description/).first()).toHaveValue(description);

  rmSync(flag);
  await submitReview(page, 2);
  await expect(page.locator('.status-words', { hasText: /^Accepted$/ })).toHaveCount(2);
});

test('a disk that fills up before the answer says that it waits for room, and the answer is written once there is', async ({
  app,
  page,
}) => {
  await fillForm(app, page);
  await steer(app, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'slow', ms: 8_000, times: 1 }]);
  await submitReview(page, 2);
  await expect(page.getByText('Pending · sending', { exact: true }).first()).toBeVisible();
  writeFileSync(nothingFlag, '');
  await expect(page.getByText('The disk is full', { exact: true })).toBeVisible();
  await expect(page.getByText(/^AWS has answered, but 1 answer can’t be written down yet/)).toBeVisible();
  await expect(page.getByText('Pending · sending', { exact: true })).toHaveCount(2);
  await checkAccessibility(page);
  rmSync(nothingFlag);
  await expect(page.locator('.status-words', { hasText: /^Accepted$/ })).toHaveCount(2);
  await expect(page.getByText('The disk is full', { exact: true })).toBeHidden();
  expect(await steer(app, 'GET', 'metered')).toHaveLength(2);
});
