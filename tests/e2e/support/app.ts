/**
 * The test of every spec: `import { test, expect, checkAccessibility } from './support/app.ts'`. Each test gets an app of its own on an
 * empty data folder (`app`), and a `page` that is in already and on which any console error, policy violation or request to the
 * world fails the test.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
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
  /** What is set before the first start; null leaves it to the app. No undo window, unless a test is about it. */
  readonly preferences: Readonly<Record<string, unknown>> | null;
}

export const test = base.extend<AppFixtures>({
  startArgs: [[], { option: true }],
  startEnv: [{}, { option: true }],
  preferences: [{ undoSeconds: 0 }, { option: true }],
  app: async ({ startArgs, startEnv, preferences }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'usage-desk-e2e-'));
    if (preferences !== null) await setPreferences(dataDir, preferences);
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

/** Practice keeps its data in a folder of its own. */
async function setPreferences(
  dataDir: string,
  preferences: Readonly<Record<string, unknown>>,
): Promise<void> {
  const folder = join(dataDir, 'practice');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'preferences.json'), JSON.stringify(preferences));
}
