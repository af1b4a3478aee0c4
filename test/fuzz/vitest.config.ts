import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // A time means something only when nothing else runs: one file after another, in a process of its own.
    fileParallelism: false,
    pool: 'forks',
    // Garbage of the tests before isn't a test's own.
    execArgv: ['--expose-gc'],
    testTimeout: 120_000,
  },
});
