import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@tutti/source'] },
  ssr: { resolve: { conditions: ['@tutti/source'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'conformance/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    setupFiles: ['scripts/property-tests.ts'],
    pool: 'forks',
    // One more than the cores of a small machine: many tests wait for processes and databases.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.bench.ts', '**/testing/**'],
    },
  },
});
