/**
 * The test of every task: `import { test, expect, checkAccessibility } from './support/app.ts'`. Each test gets an app of its own on an
 * empty data folder (`app`), in the host of its project, and a `page` that is in already and on which any console error, policy violation or
 * request to the world fails the test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { createGuard, type PageGuard } from './guarded-page.ts';
import type { Host, HostedApp, HostName } from './hosted-app.ts';
import { openInBrowser } from './hosts/browser-host.ts';
import { openInElectron } from './hosts/electron-host.ts';
import { openInShell } from './hosts/shell-host.ts';
import { setPreferences } from './set-preferences.ts';

export { checkAccessibility } from './accessibility.ts';
export { expect };

export interface HostOption {
  /** Set by the project. */
  readonly host: HostName;
}

export interface AppFixtures extends HostOption {
  readonly app: HostedApp;
  /** Says which problems a test expects; others fail it. */
  readonly guard: PageGuard;
  /** More options of `npm start`, set by `test.use({ startArgs: [...] })`. */
  readonly startArgs: readonly string[];
  /** More variables of its environment. */
  readonly startEnv: Readonly<Record<string, string>>;
  /** What is set before the first start; null leaves it to the app. No undo window, unless a test is about it. */
  readonly preferences: Readonly<Record<string, unknown>> | null;
}

const hosts: Readonly<Record<HostName, Host>> = {
  browser: openInBrowser,
  shell: openInShell,
  electron: openInElectron,
};

export const test = base.extend<AppFixtures>({
  host: ['browser', { option: true }],
  startArgs: [[], { option: true }],
  startEnv: [{}, { option: true }],
  preferences: [{ undoSeconds: 0 }, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
  guard: async ({}, use) => {
    const guard = createGuard();
    await use(guard);
    guard.expectNone();
  },
  app: async ({ host, context, guard, colorScheme, startArgs, startEnv, preferences }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-e2e-'));
    if (preferences !== null) setPreferences(dataDir, preferences);
    await guard.watchContext(context);
    const app = await hosts[host]({
      ...{ dataDir, args: startArgs, env: startEnv, context, guard },
      dark: colorScheme === 'dark',
    });
    await use(app);
    try {
      // Before the app ends, which its page would rightly complain of.
      guard.expectNone();
    } finally {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  page: async ({ app }, use) => {
    await use(await app.open());
  },
});
