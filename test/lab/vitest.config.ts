import { defineConfig } from 'vitest/config';

/** What the lab shows, trained for real: `npm run lab:check`. With the tests of its parts. */
export default defineConfig({
  test: {
    include: [
      'test/lab/**/*.test.ts',
      'test/unit/lab/**/*.test.ts',
      'test/unit/engine/trainer/training/**/*.test.ts',
    ],
    // Times are measured.
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
