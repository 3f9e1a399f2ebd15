import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageSide } from './support/page-side.ts';
import { expect, test } from './support/shell-app.ts';
import { startShell } from './support/shell-process.ts';

test('a second start ends and brings the first window to the front', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  const before = shell.factsOf('BrowserWindow.focus').length;
  const second = shell.startAgain();
  expect(await second.ended).toBe(0);
  await expect.poll(() => shell.factsOf('BrowserWindow.focus').length).toBeGreaterThan(before);
  expect(await shell.order('windows')).toHaveLength(1);
});

test('asked for practice, the app starts itself anew in practice', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await page.evaluate(() => (globalThis as unknown as PageSide).usageDesk.call('system.startPractice', {}));
  const relaunch = (await shell.next('app.relaunch')) as { readonly args: readonly string[] };
  expect(relaunch.args.filter((arg) => arg === '--practice')).toHaveLength(1);
  expect(await shell.ended).toBe(0);
});

test('closing the last window ends the app, and the same data opens again', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await shell.order('close-window');
  expect(await shell.ended).toBe(0);
  const again = shell.startAgain();
  await expect((await again.page()).getByRole('main')).toBeVisible();
  expect(await again.quit()).toBe(0);
});

test('quitting waits until the ledger is closed, which a kill does not', async ({ shell, page }) => {
  const openLedger = join(shell.dataDir, 'practice', 'ledger.sqlite-wal');
  await expect(page.getByRole('main')).toBeVisible();
  expect(existsSync(openLedger)).toBe(true);
  expect(await shell.quit()).toBe(0);
  // SQLite takes this file away when the last connection closes in good order.
  expect(existsSync(openLedger)).toBe(false);
  const held = (shell.factsOf('event') as { readonly name: string; readonly prevented: boolean }[])
    .filter(({ name }) => name === 'will-quit')
    .map(({ prevented }) => prevented);
  expect(held).toEqual([true, false]);

  const again = shell.startAgain();
  await again.page();
  await again.kill();
  expect(existsSync(openLedger)).toBe(true);
});

test('a data folder that can’t be made ends the start with one clear sentence', async ({ guard }) => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-broken-'));
  writeFileSync(join(folder, 'file'), '');
  const shell = startShell({ args: ['--practice', '--data-dir', join(folder, 'file', 'data')], guard });
  expect(await shell.ended).toBe(1);
  expect(shell.printed()).toMatch(/something on that path is no folder|can't make/);
  expect(shell.factsOf('dialog.showErrorBox')).toMatchObject([{ title: 'Usage Desk' }]);
  rmSync(folder, { recursive: true });
});
