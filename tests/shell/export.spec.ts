import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  agreementWith,
  badges,
  beginUsage,
  chooseExport,
  fillLine,
  openContract,
  signIn,
  submitReview,
} from '../e2e/support/tasks.ts';
import { expect, type Shell, test } from './support/shell-app.ts';

async function reportOnce(page: Page, shell: Shell): Promise<void> {
  await signIn(page);
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '12');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
}

async function exportAsCsv(page: Page): Promise<void> {
  await (await chooseExport(page, 'csv')).click();
}

test('an export asks where to save, and lies there whole', async ({ shell, page }) => {
  await reportOnce(page, shell);
  const target = join(shell.home, 'november.csv');
  await exportAsCsv(page);
  const asked = await shell.answer('dialog.showSaveDialog', { canceled: false, filePath: target });
  expect(asked).toMatchObject({ defaultPath: expect.stringMatching(/documents.*\.csv$/) });
  await expect.poll(() => existsSync(target)).toBe(true);
  expect(readFileSync(target, 'utf8').trim().split('\r\n')).toHaveLength(2);
  await expect(page.getByText(target)).toBeVisible();
});

test('an export that is cancelled leaves nothing and complains of nothing', { tag: '@all' }, async ({
  shell,
  page,
}) => {
  await reportOnce(page, shell);
  await exportAsCsv(page);
  await shell.answer('dialog.showSaveDialog', { canceled: true, filePath: '' });
  await expect(page.getByRole('button', { name: /^Export/ })).toBeEnabled();
  await expect(page.getByText(/could not be saved/i)).toHaveCount(0);
});

test('an export to a place that takes no file says so', { tag: '@all' }, async ({ shell, page }) => {
  await reportOnce(page, shell);
  const gone = join(shell.home, 'unplugged');
  await exportAsCsv(page);
  await shell.answer('dialog.showSaveDialog', { canceled: false, filePath: join(gone, 'november.csv') });
  await expect(page.getByText('The file could not be saved').first()).toBeVisible();
});

test('an export onto a full disk says so, leaves what was there, and goes through once there is room', async ({
  shell,
  page,
}) => {
  await reportOnce(page, shell);
  const target = join(shell.home, 'november.csv');
  writeFileSync(target, 'of last month');
  await shell.order('fill-disk', shell.home);
  await exportAsCsv(page);
  await shell.answer('dialog.showSaveDialog', { canceled: false, filePath: target });
  await expect(page.getByText('The disk is full').first()).toBeVisible();
  expect(readFileSync(target, 'utf8')).toBe('of last month');
  await shell.order('fill-disk', null);
  await exportAsCsv(page);
  await shell.answer('dialog.showSaveDialog', { canceled: false, filePath: target });
  await expect.poll(() => readFileSync(target, 'utf8')).toContain('custom_metrics');
});

test('what is typed on a full disk stays on the page, which says that it is not kept', async ({
  shell,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await shell.order('fill-disk', shell.dataDir);
  await fillLine(page, 1, 'Custom metrics', '12');
  await expect(page.getByText('The disk is full', { exact: true })).toBeVisible();
  await expect(page.getByText(/^The draft can’t be kept right now/)).toBeVisible();
  await expect(page.getByLabel('Quantity')).toHaveValue('12');
});
