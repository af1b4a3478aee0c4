import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./packages.ts'],
    // Each file has a VS Code and a browser: one at a time is plenty.
    fileParallelism: false,
    pool: 'forks',
    // A busy machine draws late: what fails once is tried once more, and said.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 20_000,
  },
});
