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
    testTimeout: 20_000,
  },
});
