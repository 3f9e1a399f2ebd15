/**
 * No secret leaves the desktop app but to AWS: the shell signs in with marked tokens, keys and a code, is driven over its screens and through a crash of
 * its page, and all that it wrote, printed, asked of Electron or said over its bridge is searched. Its AWS is practice's, behind a proxy that listens in.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { preparePracticeHome } from '../../src/main/practice/practice-home.ts';
import { startPracticeAws } from '../../src/main/practice/start-practice.ts';
import type { PageGuard } from '../e2e/support/guarded-page.ts';
import { agreementWith, beginUsage, fillLine, openContract, submitReview } from '../e2e/support/tasks.ts';
import { decide } from '../integration/aws/practice-bench.ts';
import { createCanaries, filesIn } from '../security/support/canaries.ts';
import {
  type LeftByLogin,
  secondFactorCode,
  writeMarkedProfiles,
} from '../security/support/marked-profiles.ts';
import { startCorporateNetwork } from '../support/corporate-network.ts';
import type { PageSide } from './support/page-side.ts';
import { removeFolder } from './support/prepare-shell.ts';
import { expect, test } from './support/shell-app.ts';
import { startShell } from './support/shell-process.ts';

async function startMarkedShell(guard: PageGuard) {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-marked-'));
  const canaries = createCanaries();
  const aws = await startPracticeAws({});
  const corporate = await startCorporateNetwork(aws.url, canaries.learn);
  const home = join(folder, 'home');
  const authorityPath = join(folder, 'authority.pem');
  writeFileSync(authorityPath, corporate.authority);
  const settings = await preparePracticeHome(home, aws.url);
  const logIn = await fetch(`${aws.url}/_practice/console-sign-ins`, { method: 'POST', body: '{}' });
  const marked = await writeMarkedProfiles({ home, canaries, left: (await logIn.json()) as LeftByLogin });
  const written = join(folder, 'written');
  mkdirSync(join(written, 'electron'), { recursive: true });
  const shell = startShell({
    args: ['--data-dir', join(written, 'data')],
    env: {
      ...{ ...settings, ...marked, STAND_IN_HOME: join(written, 'electron'), STAND_IN_BRIDGE: '1' },
      ...{
        AWS_ENDPOINT_URL: corporate.awsUrl,
        HTTPS_PROXY: corporate.proxyUrl,
        AWS_CA_BUNDLE: authorityPath,
      },
    },
    guard,
  });
  return {
    ...{ shell, canaries, practiceUrl: aws.url },
    /** The person's own browser has network settings of its own. */
    allow: async () => {
      const address = String(await shell.next('shell.openExternal'));
      await decide(address.replace(corporate.awsUrl, aws.url), 'allow');
    },
    /** Where secrets are, by the place's name: nowhere, if all is well. */
    leaks: (isMeant: (place: string) => boolean = () => true) => {
      const asked = Map.groupBy(shell.asked, ({ what }) => what);
      const said = [...asked].map(
        ([what, all]) => [what, Buffer.from(JSON.stringify(all.map(({ facts }) => facts)))] as const,
      );
      const places = [...filesIn(written), ...said, ['printed', Buffer.from(shell.printed())] as const];
      return places
        .filter(([place]) => isMeant(place))
        .flatMap(([place, content]) => {
          const found = canaries.findIn(content);
          return found === null ? [] : [[place, found] as const];
        });
    },
    close: async () => {
      await shell.kill();
      await corporate.close();
      await aws.close();
      await removeFolder(folder);
    },
  };
}

const bar = (page: Page) => page.locator('#top-bar');

async function switchTo(page: Page, profile: string): Promise<void> {
  await bar(page)
    .getByRole('button', { name: /4829-1360-7251/ })
    .click();
  await page.getByRole('menuitem', { name: 'All profiles' }).click();
  await page.getByRole('button', { name: `Continue with ${profile}` }).click();
}

const screens = ['Rejected', 'Pending', 'History', 'Settings', 'Help', 'Contracts'] as const;

test('no secret is in what the shell writes, asks of Electron or says over its bridge, not even when its page crashes', async ({
  guard,
}) => {
  const marked = await startMarkedShell(guard);
  const { shell, canaries } = marked;
  try {
    const page = await shell.page();
    await page.getByRole('button', { name: 'Continue with seller-ops' }).click();
    await page.getByRole('button', { name: 'Allow these addresses' }).click();
    await page.getByRole('button', { name: 'Continue with seller-ops' }).click();
    await marked.allow();
    await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
    const { agreementId } = await agreementWith(marked, 'contract-with-consumption');
    await openContract(page, agreementId);
    await beginUsage(page);
    await fillLine(page, 1, 'Custom metrics', '7');
    await submitReview(page, 1);
    // In its undo window it would have the shell ask before it quits.
    await page.getByRole('button', { name: /^Send now: 1 line/ }).click();

    for (const profile of ['failing-process', 'babbling-process']) {
      await switchTo(page, profile);
      await expect(page.getByText('The program that gives the credentials failed')).toBeVisible();
      await page.getByRole('button', { name: 'Back without switching' }).click();
    }
    await switchTo(page, 'with-code');
    const field = page.getByRole('textbox', { name: 'Code' });
    await field.fill(secondFactorCode);
    await field.press('Enter');
    await expect(bar(page)).toContainText('UsageReporterMfa');
    await switchTo(page, 'console');
    await expect(bar(page)).toContainText('user usage-scripts');
    for (const name of screens) {
      await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
      await expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();
    }

    await shell.order('crash-page');
    await shell.answer('dialog.showMessageBox', { response: 0 });
    await shell.reattach();
    const reloaded = await shell.page();
    await expect(reloaded.getByRole('heading', { name: /^Contracts/ })).toBeVisible();

    expect(canaries.known().length).toBeGreaterThan(30);
    expect(shell.factsOf('bridge.toPage').length).toBeGreaterThan(30);
    // The code goes to the core by one call, and comes back by none.
    const withCode = shell
      .factsOf('bridge.fromPage')
      .map(String)
      .filter((text) => text.includes(secondFactorCode));
    expect(withCode).toEqual([expect.stringContaining('session.giveCode')]);
    expect(marked.leaks((place) => place !== 'bridge.fromPage')).toEqual([]);

    const secret =
      canaries
        .known()
        .find((one) => one.startsWith('IQoJb3JpZ2lu'))
        ?.slice(40, 100) ?? '';
    await plant(reloaded, secret);
    expect(await shell.quit()).toBe(0);
    const planted = ['bridge.toPage', 'data/live/preferences.json'];
    expect(
      marked
        .leaks((place) => planted.includes(place))
        .map(([place]) => place)
        .sort(),
    ).toEqual(planted);
  } finally {
    await marked.close();
  }
});

/** What the search must find, or it would find nothing. */
const plant = (page: Page, secret: string) =>
  page.evaluate(async (name) => {
    const { usageDesk } = globalThis as unknown as PageSide;
    await usageDesk.call('accounts.setName', { accountId: '123456789012', name });
    await usageDesk.call('settings.get', {});
  }, secret);

test('no crash dump is ever written or sent: the shell does without Electron’s crash reporter, which the stand-in does not have', () => {
  const root = resolve(import.meta.dirname, '../..');
  const register = resolve(root, 'tests/support/electron-stand-in/register.ts');
  const linking = spawnSync(
    process.execPath,
    [
      '--import',
      register,
      '--input-type=module',
      '--eval',
      "import { crashReporter } from 'electron'; crashReporter.start();",
    ],
    { cwd: root, encoding: 'utf8' },
  );
  // So the shell, which every other spec here starts, can't have it.
  expect([linking.status, linking.stderr]).toEqual([1, expect.stringContaining("named 'crashReporter'")]);
});
