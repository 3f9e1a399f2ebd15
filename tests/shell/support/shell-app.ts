/**
 * The test of every spec of the shell: `import { test, expect } from './support/shell-app.ts'`. Each test gets a shell of its own in practice on
 * an empty data folder (`shell`), and the `page` of its window. A console error, a policy violation or a request to the world in any window of any
 * of its processes fails the test.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { createGuard, type PageGuard } from '../../e2e/support/guarded-page.ts';
import { belongsTo } from '../../e2e/support/hosted-app.ts';
import { practiceAddress } from '../../e2e/support/practice-address.ts';
import { setPreferences } from '../../e2e/support/set-preferences.ts';
import { decide } from '../../integration/aws/practice-bench.ts';
import { type PreparedShell, prepareShell, removeFolder } from './prepare-shell.ts';
import type { ShellProcess } from './shell-process.ts';

export { expect };

export interface Shell extends ShellProcess, Pick<PreparedShell, 'home' | 'openedAddress'> {
  readonly dataDir: string;
  /** Base address of the practice AWS, for steering under `/_practice/`. */
  readonly practiceUrl: string;
  /** Another process of the same shell on the same data. */
  readonly startAgain: (args?: readonly string[]) => ShellProcess;
}

interface ShellFixtures {
  readonly shell: Shell;
  readonly guard: PageGuard;
  readonly shellArgs: readonly string[];
  readonly shellEnv: Readonly<Record<string, string>>;
}

export const test = base.extend<ShellFixtures>({
  shellArgs: [['--practice'], { option: true }],
  shellEnv: [{}, { option: true }],
  shell: async ({ shellArgs, shellEnv, guard }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'usage-desk-shell-data-'));
    const dataDir = join(folder, 'data');
    // What a submission may wait for before it is sent is for the tasks to show.
    setPreferences(dataDir, { undoSeconds: 0 });
    const prepared = prepareShell({ dataDir, args: shellArgs, env: shellEnv, guard });
    const first = prepared.start();
    const others: ShellProcess[] = [];
    await use({
      ...first,
      dataDir,
      home: prepared.home,
      openedAddress: prepared.openedAddress,
      get practiceUrl() {
        return practiceAddress(dataDir);
      },
      startAgain: (args) => {
        const other = prepared.start(args);
        others.push(other);
        return other;
      },
    });
    for (const one of [first, ...others]) await one.kill();
    await prepared.remove();
    await removeFolder(folder);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
  guard: async ({}, use) => {
    const guard = createGuard();
    await use(guard);
    guard.expectNone();
  },
  page: async ({ shell }, use) => {
    const page = await shell.page();
    belongsTo(page, { approveSignIn: async () => void (await decide(await shell.openedAddress(), 'allow')) });
    await use(page);
  },
});
