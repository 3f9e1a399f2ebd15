import { readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

const ledgerOf = (dataDir: string) => join(dataDir, 'practice', 'ledger.sqlite');

async function reportOne(app: Parameters<typeof agreementWith>[0], page: Page): Promise<void> {
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  await submitReview(page, 1);
  await expect(page.locator('.status-words', { hasText: /^Accepted$/ })).toBeVisible();
}

test('the trail is verified, also against a head that was kept', async ({ app, page }) => {
  await signIn(page);
  await reportOne(app, page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The ledger is intact', { exact: true })).toBeVisible();
  const field = page.getByLabel('Verify against a head that you kept');
  await field.fill('412');
  await expect(page.getByRole('button', { name: 'Verify' })).toBeDisabled();
  await field.fill(`1:${'0'.repeat(64)}`);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Something in the ledger does not fit', { exact: true })).toBeVisible();
  await expect(page.getByText(/^The trail has another event 1 than the head/)).toBeVisible();
  await checkAccessibility(page);
});

test('a backup is made, saved elsewhere, and restored after it was told what would be lost', async ({
  app,
  page,
}) => {
  await signIn(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  const backups = page.getByRole('table', { name: 'Backups of the ledger' });
  const copy = await app.saved(page, () =>
    backups
      .getByRole('button', { name: /^Save a copy/ })
      .first()
      .click(),
  );
  expect((await readFile(copy)).subarray(0, 15).toString()).toBe('SQLite format 3');

  await page.getByRole('link', { name: 'Contracts' }).first().click();
  await reportOne(app, page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await backups
    .getByRole('button', { name: /^Restore the backup/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/1 usage record that was confirmed/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Restore this backup' })).toBeDisabled();
  await checkAccessibility(page);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Restore this backup' }).click();
  await expect(page.getByText(/is the ledger now$/)).toBeVisible();
  await expect(page.getByText(/^The former ledger lies untouched at/)).toBeVisible();
  expect(readdirSync(join(app.dataDir, 'practice')).join(' ')).toMatch(/before-restore\.sqlite/);

  await page.getByRole('button', { name: 'Continue with seller-ops' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'Usage records (0)' })).toBeVisible();
});

test('a damaged ledger is set aside untouched, and the newest good backup takes its place', {
  tag: '@smoke',
}, async ({ app, page: before, guard }) => {
  guard.allow(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED/);
  await signIn(before);
  await reportOne(app, before);
  await before.getByRole('link', { name: 'Settings' }).click();
  await before.getByRole('button', { name: 'Back up now' }).click();
  await expect(before.getByText('The ledger is backed up', { exact: true })).toBeVisible();
  await app.stop();
  writeFileSync(ledgerOf(app.dataDir), 'This is no ledger any more. '.repeat(400));
  const page = await app.reopen();
  await page.getByRole('button', { name: 'Set aside and restore' }).click();
  await expect(page.getByRole('heading', { name: 'Recover the ledger' })).toBeVisible();
  await expect(page.getByText('What would be missing', { exact: true })).toBeVisible();
  const restore = page.getByRole('button', { name: 'Set aside and restore' });
  await expect(restore).toBeDisabled();
  await checkAccessibility(page);
  await page.getByRole('checkbox').check();
  await restore.click();
  await expect(page.getByText('The backup is the ledger now', { exact: true })).toBeVisible();
  expect(readdirSync(join(app.dataDir, 'practice')).join(' ')).toMatch(/damaged\.sqlite/);
  await page.getByRole('button', { name: 'Go on' }).click();
  await signIn(page);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: 'Usage records (1)' })).toBeVisible();
});

test('a record whose outcome stays unknown is settled by a person, on the evidence', async ({
  app,
  page,
}) => {
  await signIn(page);
  await steer(app, 'PUT', 'behaviour', { cloudTrailDelayMs: 0 });
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  await steer(app, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'unknown-status', times: 1 }]);
  await submitReview(page, 1);
  await expect(page.getByText('Pending · outcome unknown: may be recorded', { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(/· 1 pending ·/);
  await page.getByRole('link', { name: /^Pending/ }).click();
  await expect(page.getByText(/^CloudTrail may tell within/)).toBeVisible();
  await page.getByRole('button', { name: /^Decide/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('table', { name: 'Calls that CloudTrail shows' })).toContainText(
    'Usage Desk, this very record',
  );
  await checkAccessibility(page);
  await expect(dialog.getByRole('button', { name: 'Settle it' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'AWS has it' }).check();
  await dialog.getByLabel('On what grounds').fill('It stands on the usage dashboard.');
  await dialog.getByRole('button', { name: 'Settle as recorded by AWS' }).click();
  await expect(page.getByText('Nothing is pending')).toBeVisible();
  await page.getByRole('link', { name: 'History' }).click();
  await page
    .getByRole('button', { name: /open the record/ })
    .first()
    .click();
  await expect(page.getByText('A person decided it on the evidence.')).toBeVisible();
  await expect(page.getByText('It stands on the usage dashboard.')).toBeVisible();
});
