import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/{unit,contract,security,integration}/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/support/no-network.ts'],
    env: { TZ: process.env.TZ ?? 'UTC' },
    restoreMocks: true,
    unstubEnvs: true,
    retry: 0,
    // What is right costs none of it; a busy machine may be ten times slower.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
