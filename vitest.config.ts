import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    setupFiles: ['tests/support/no-network.ts'],
    env: { TZ: process.env.TZ ?? 'UTC' },
    restoreMocks: true,
    unstubEnvs: true,
    retry: 0,
    // Much of the time of those with processes and servers goes by in waiting for them.
    maxWorkers: availableParallelism() + 2,
    // What is right costs none of it; a busy machine may be ten times slower.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      // Single rules leave nothing behind: they share their workers, whose start would cost more than they do.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], isolate: false } },
      {
        extends: true,
        test: { name: 'core', include: ['tests/{contract,security,integration}/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
