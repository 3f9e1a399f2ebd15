import { defineConfig } from '@playwright/test';
import { whyNoElectron } from './tests/desktop/support/electron-binary.ts';
import type { HostOption } from './tests/e2e/support/app.ts';

/** Debian's Chromium, with everything off by which it would talk to the world on its own. */
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing leaves this computer: not even a name is looked up.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

const chromium = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: chromiumArguments,
  },
};

/** `npm run test:all`: every task in every host. Else the desktop window does the tasks tagged `@smoke`, and leaves its own tagged `@all`, each of which a unit test proves as well. */
const all = process.env.USAGE_DESK_TEST_ALL === '1';

export default defineConfig<HostOption>({
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // What is right costs none of it; a busy machine may be ten times slower.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  outputDir: 'test-results',
  reporter: [['list']],
  use: {
    ...chromium,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // What moves is no part of a task, and drawing it without a graphics card takes most of a busy machine.
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures of each frame would cost more than the tests themselves; a trace has the page of each step all the same.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  projects: [
    // Every task, and what is the browser host's own.
    { name: 'browser', testDir: 'tests', testMatch: ['e2e/**/*.spec.ts', 'browser/**/*.spec.ts'] },
    // The built Electron shell, on the stand-in for Electron in `tests/support/electron-stand-in`.
    {
      name: 'shell',
      testDir: 'tests',
      testMatch: ['e2e/**/*.spec.ts', 'shell/**/*.spec.ts'],
      use: { host: 'shell' },
      ...(all ? {} : { grep: [/@smoke/, /shell\/[^/]+\.spec\.ts/], grepInvert: /@all/ }),
    },
    // The same shell in real Electron. Where there is no binary, one spec says so.
    {
      name: 'electron',
      testDir: 'tests',
      testMatch: [...(whyNoElectron === null ? ['e2e/**/*.spec.ts'] : []), 'desktop/**/*.spec.ts'],
      use: { host: 'electron' },
      ...(all ? {} : { grep: [/@smoke/, /desktop\/[^/]+\.spec\.ts/] }),
    },
    // Not a test run: `npm run screenshots` asks for it by name.
    ...(process.env.USAGE_DESK_SCREENSHOTS === undefined
      ? []
      : [
          {
            name: 'screenshots',
            testDir: 'tests/screenshots',
            testMatch: '**/*.spec.ts',
            fullyParallel: false,
          },
        ]),
  ],
});
