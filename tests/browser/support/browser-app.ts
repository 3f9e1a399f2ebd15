/**
 * The test of what is the browser host's own: sessions, launch addresses, other pages of the same browser. `app` is its process, and `page` one on which
 * any console error, policy violation or request to the world fails the test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { createGuard, type PageGuard } from '../../e2e/support/guarded-page.ts';
import { belongsTo } from '../../e2e/support/hosted-app.ts';
import { approveSignIn } from '../../e2e/support/hosts/browser-host.ts';
import { setPreferences } from '../../e2e/support/set-preferences.ts';
import { type RunningApp, startApp } from './running-app.ts';

export { checkAccessibility } from '../../e2e/support/accessibility.ts';
export { expect };

interface BrowserFixtures {
  readonly app: RunningApp;
  readonly guard: PageGuard;
  /** What is set before the first start. */
  readonly preferences: Readonly<Record<string, unknown>>;
}

export const test = base.extend<BrowserFixtures>({
  preferences: [{ undoSeconds: 0 }, { option: true }],
  app: async ({ preferences }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-browser-'));
    setPreferences(dataDir, preferences);
    const app = await startApp({ dataDir });
    await use(app);
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
  guard: async ({ context }, use) => {
    const guard = createGuard();
    await guard.watchContext(context);
    await use(guard);
    guard.expectNone();
  },
  page: async ({ context, guard, app }, use) => {
    const page = belongsTo(await context.newPage(), { approveSignIn });
    await page.goto(app.launchAddress);
    await use(page);
    // Before the app ends, which its page would rightly complain of.
    guard.expectNone();
  },
});
