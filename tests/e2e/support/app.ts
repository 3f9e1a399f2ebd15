/**
 * The test of every spec: `import { test, expect, checkAccessibility } from './support/app.ts'`. Each test gets an app of its own on an
 * empty data folder (`app`), and a `page` that is in already and on which any console error, policy violation or request to the
 * world fails the test.
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { guardContext, type PageGuard } from './guarded-page.ts';
import { type RunningApp, startApp } from './running-app.ts';

export { checkAccessibility } from './accessibility.ts';
export { expect };

export interface AppFixtures {
  readonly app: RunningApp;
  /** Says which problems a test expects; others fail it. */
  readonly guard: PageGuard;
  /** More options of `npm start`, set by `test.use({ startArgs: [...] })`. */
  readonly startArgs: readonly string[];
  /** More variables of its environment. */
  readonly startEnv: Readonly<Record<string, string>>;
}

export const test = base.extend<AppFixtures>({
  startArgs: [[], { option: true }],
  startEnv: [{}, { option: true }],
  app: async ({ startArgs, startEnv }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'usage-desk-e2e-'));
    const app = await startApp({ dataDir, args: startArgs, env: startEnv });
    await use(app);
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
  guard: async ({ context }, use) => {
    const guard = await guardContext(context);
    await use(guard);
    expect(guard.problems, 'problems of the page').toEqual([]);
  },
  page: async ({ context, guard, app }, use) => {
    // Named so that the guard is in place before the first page opens.
    void guard;
    const page = await context.newPage();
    await page.goto(app.launchAddress);
    await use(page);
  },
});
