import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePracticeHome } from '../../src/main/practice/practice-home.ts';
import { startPracticeAws } from '../../src/main/practice/start-practice.ts';
import { decide } from '../integration/aws/practice-bench.ts';
import { removeFolder } from './support/prepare-shell.ts';
import { expect, test } from './support/shell-app.ts';
import { startShell } from './support/shell-process.ts';

test('outside practice a configured endpoint has to be allowed, and then the sign-in page leaves by Electron’s own way, and only there', async ({
  guard,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-live-'));
  // To the app this is AWS: ordinary settings of the environment lead there.
  const aws = await startPracticeAws({});
  const settings = await preparePracticeHome(join(folder, 'home'), aws.url);
  const shell = startShell({
    args: ['--data-dir', join(folder, 'data')],
    env: { ...settings, STAND_IN_HOME: folder },
    guard,
  });
  try {
    const page = await shell.page();
    const signIn = page.getByRole('button', { name: 'Continue with seller-ops' });
    await signIn.click();
    await expect(page.getByText(/nobody has allowed it yet. Nothing was sent/)).toBeVisible();
    expect(await (await fetch(`${aws.url}/_practice/calls`)).json()).toEqual([]);
    expect(shell.factsOf('shell.openExternal')).toEqual([]);
    await page.getByRole('button', { name: 'Allow these addresses' }).click();
    await expect(page.getByText('Calls go to another place than AWS')).toBeVisible();
    await signIn.click();
    const address = String(await shell.next('shell.openExternal'));
    expect(new URL(address).origin).toBe(new URL(aws.url).origin);
    await decide(address, 'allow');
    await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
    await page.evaluate("window.open('https://evil.example/'); window.open('https://docs.aws.amazon.com/')");
    expect(await shell.next('shell.openExternal')).toBe('https://docs.aws.amazon.com/');
    expect(shell.factsOf('shell.openExternal')).toHaveLength(2);
    await shell.order('choose-from-menu', ['Help', 'Open the log folder']);
    expect(await shell.next('shell.openPath')).toBe(join(folder, 'data', 'live'));
    expect(await shell.quit()).toBe(0);
  } finally {
    await shell.kill();
    await aws.close();
    await removeFolder(folder);
  }
});
