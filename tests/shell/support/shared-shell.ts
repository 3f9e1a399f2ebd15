/**
 * The test of specs that attack the page or look at how its window was made: `import { test, expect } from './support/shared-shell.ts'`. They
 * share one shell in practice, whose start costs more than they do; each finds its page loaded anew, with nothing planted and the settings of a
 * first start. What is asked of Electron is told from that start on.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { createGuard, type PageGuard } from '../../e2e/support/guarded-page.ts';
import type { PageSide } from './page-side.ts';
import { type PreparedShell, prepareShell, removeFolder } from './prepare-shell.ts';
import type { ShellProcess } from './shell-process.ts';

export { expect };

export interface SharedShell extends ShellProcess, Pick<PreparedShell, 'openedAddress'> {}

interface Shared {
  readonly shell: SharedShell;
  /** Whose test it is now. */
  readonly lendTo: (guard: PageGuard) => void;
}

interface SharedFixtures {
  readonly shell: SharedShell;
  readonly guard: PageGuard;
}

const home = 'https://usage-desk.app.test/index.html';

export const test = base.extend<SharedFixtures, { readonly shared: Shared }>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'usage-desk-shared-'));
      let lent = createGuard();
      const prepared = prepareShell({
        ...{ dataDir: join(folder, 'data'), args: ['--practice'] },
        guard: { ...lent, tell: (problem) => lent.tell(problem) },
      });
      const shell = prepared.start();
      await use({
        shell: { ...shell, openedAddress: prepared.openedAddress },
        lendTo: (guard) => {
          lent = guard;
        },
      });
      await shell.kill();
      await prepared.remove();
      await removeFolder(folder);
    },
    { scope: 'worker' },
  ],
  guard: async ({ shared }, use) => {
    const guard = createGuard();
    shared.lendTo(guard);
    await use(guard);
    // What this test has caused is not for the next one's guard to hear.
    await shared.shell.order('hear-all');
    guard.expectNone();
  },
  // A guard hears it from the first moment, whether or not the test asks for one.
  shell: async ({ shared, guard: _ }, use) => {
    await use(shared.shell);
  },
  page: async ({ shell }, use) => {
    await shell.order('forget-planted');
    const page = await shell.page();
    await loadAnew(page);
    await use(page);
  },
});

async function loadAnew(page: Page): Promise<void> {
  await page.goto(home);
  await page.evaluate(() =>
    (globalThis as unknown as PageSide).usageDesk.call('settings.change', { theme: 'system' }),
  );
}
