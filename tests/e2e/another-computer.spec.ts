import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const elsewhere = mkdtempSync(join(tmpdir(), 'usage-desk-moved-'));
test.afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

/** Where the one computer's copy lies for the other. */
const moved = join(elsewhere, 'ledger-copy.sqlite');

test.describe
  .serial('a ledger moves to another computer', () => {
    test('on the one its copy is saved, with a record that is still pending', async ({ app, page }) => {
      await signIn(page);
      const { agreementId } = await agreementWith(app, 'contract-with-consumption');
      await openContract(page, agreementId);
      await beginUsage(page);
      await fillLine(page, 1, 'Custom metrics', '3');
      await steer(app, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'access-denied' }]);
      await submitReview(page, 1);
      await expect(page.getByText(/needs you/).first()).toBeVisible();
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Back up now' }).click();
      await expect(page.getByText('The ledger is backed up', { exact: true })).toBeVisible();
      const saved = await app.saved(page, () =>
        page
          .getByRole('button', { name: /^Save a copy of the backup/ })
          .first()
          .click(),
      );
      copyFileSync(saved, moved);
    });

    test('on the other it is chosen, checked, restored, and sends nothing by itself', async ({
      app,
      page,
    }) => {
      await signIn(page);
      await page.getByRole('link', { name: 'Settings' }).click();
      const add = page.getByRole('button', { name: 'Add a backup file' });
      await app.chosen(page, import.meta.filename, () => add.click());
      await expect(page.getByText('This file is no backup of Usage Desk', { exact: true })).toBeVisible();

      await app.chosen(page, moved, () => add.click());
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByText('One ledger, one computer', { exact: true })).toBeVisible();
      await expect(dialog.getByText(/^1 record that was pending in it becomes unknown/)).toBeVisible();
      await checkAccessibility(page);
      await dialog.getByRole('checkbox').check();
      await dialog.getByRole('button', { name: 'Restore this backup' }).click();
      await expect(page.getByText(/is the ledger now$/)).toBeVisible();
      await page.getByRole('button', { name: 'Continue with seller-ops' }).click();
      await page.getByRole('link', { name: 'History' }).click();
      await expect(page.getByRole('heading', { name: 'Usage records (1)' })).toBeVisible();
      await expect(page.getByText('Pending · outcome unknown: may be recorded').first()).toBeVisible();
      expect(await steer(app, 'GET', 'metered')).toEqual([]);
    });
  });
