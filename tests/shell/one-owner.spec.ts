/** A ledger has one owner, whichever host it is, also when that was killed. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningApp, startApp } from '../browser/support/running-app.ts';
import { prepareShell, removeFolder } from './support/prepare-shell.ts';
import { expect, test } from './support/shell-app.ts';

test('the desktop window and the browser host never have one data folder at once, and get it after a SIGKILL of the other', async ({
  guard,
}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-owner-'));
  const prepared = prepareShell({ dataDir, args: ['--practice'], guard });
  const inBrowser: RunningApp[] = [];
  try {
    const shell = prepared.start();
    await expect((await shell.page()).getByRole('main')).toBeVisible();
    await expect(startApp({ dataDir })).rejects.toThrow(/runs on .* already/);
    await expect.poll(() => shell.factsOf('BrowserWindow.focus').length).toBeGreaterThan(0);
    await shell.kill();

    const browserHost = await startApp({ dataDir });
    inBrowser.push(browserHost);
    const refused = prepared.start();
    expect(await refused.ended).toBe(0);
    expect(refused.printed()).toMatch(/runs on .* already/);
    await browserHost.kill();

    const again = prepared.start();
    await expect((await again.page()).getByRole('main')).toBeVisible();
    expect(await again.quit()).toBe(0);
  } finally {
    for (const app of inBrowser) await app.kill();
    await prepared.remove();
    await removeFolder(dataDir);
  }
});
