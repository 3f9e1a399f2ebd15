/**
 * The built shell in real Electron, where there is a binary: `ELECTRON_OVERRIDE_DIST_PATH`, or the one that Electron's package downloaded. What it
 * looks at, no stand-in can show: the preferences that Chromium really runs under, and the preload in a real sandbox.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { expect, test } from '../e2e/support/app.ts';
import { electronBinary, projectFolder, whyNoElectron } from './support/electron-binary.ts';

if (whyNoElectron !== null && process.env.TEST_WORKER_INDEX === undefined) {
  process.stdout.write(`\n*** REAL ELECTRON IS NOT TESTED HERE: ${whyNoElectron} ***\n\n`);
}

test.describe('in real Electron', () => {
  test.skip(whyNoElectron !== null, `no real Electron: ${whyNoElectron}`);
  let app: ElectronApplication;
  let page: Page;
  let dataDir: string;

  test.beforeEach(async ({ guard }) => {
    dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-electron-'));
    app = await _electron.launch({
      executablePath: electronBinary,
      args: [projectFolder, '--practice', '--no-open', '--data-dir', dataDir],
      cwd: projectFolder,
    });
    page = await app.firstWindow();
    await guard.watch(page);
  });
  test.afterEach(async ({ guard }) => {
    guard.expectNone();
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('the window opens on our page, and the bridge answers', async () => {
    await expect(page.getByRole('main')).toBeVisible();
    expect(page.url()).toBe('app://usage-desk/index.html');
    const answer: unknown = await page.evaluate("usageDesk.call('system.status', {})");
    expect(answer).toMatchObject({ ok: true, value: { practice: true, capabilities: { save: 'dialog' } } });
  });

  test('the window is sandboxed and isolated, and the page sees nothing of Node', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // Not declared, and the only way to see what is really in force.
      return Reflect.apply(Reflect.get(Object(contents), 'getLastWebPreferences'), contents, []) as object;
    });
    expect(preferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
      ...{ webviewTag: false, nodeIntegrationInSubFrames: false, nodeIntegrationInWorker: false },
    });
    expect(await page.evaluate('[typeof require, typeof process, Object.keys(usageDesk).sort()]')).toEqual([
      'undefined',
      'undefined',
      ['call', 'subscribe'],
    ]);
  });

  test('the page goes nowhere else and opens no window', async ({ guard }) => {
    guard.allow(/Not allowed to|policy violation|Content Security Policy/i);
    await page.evaluate("location.href = 'https://evil.example/'; window.open('https://evil.example/')");
    await expect(page.getByRole('main')).toBeVisible();
    expect(page.url()).toBe('app://usage-desk/index.html');
    expect(app.windows()).toHaveLength(1);
  });
});
