import { defineConfig } from '@playwright/test';

/** Debian's Chromium, with everything off by which it would talk to the world on its own. */
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const chromium = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: chromiumArguments,
  },
};

/** `npm run test:all`: what is proven by a unit test as well, or in the browser host, runs in the desktop window too. */
const all = process.env.USAGE_DESK_TEST_ALL === '1';

export default defineConfig({
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  reporter: [['list']],
  use: {
    ...chromium,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'browser-host', testDir: 'tests/e2e', testMatch: '**/*.spec.ts' },
    // The built Electron shell, on the stand-in for Electron in `tests/support/electron-stand-in`.
    {
      name: 'shell',
      testDir: 'tests/shell',
      testMatch: '**/*.spec.ts',
      ...(all ? {} : { grepInvert: /@all/ }),
    },
    // The same shell in real Electron, where there is a binary.
    { name: 'electron', testDir: 'tests/desktop', testMatch: '**/*.spec.ts' },
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
