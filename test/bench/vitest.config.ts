import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // A time means something only when nothing else runs: one file after another, in a process of its own.
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 300_000,
    // What the code takes, it takes each time; what else the machine did meanwhile isn't there again.
    retry: 2,
  },
});
