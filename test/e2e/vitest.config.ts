import { defineConfig } from 'vitest/config';

/** They measure frames, so nothing else may run. */
const TIMED = ['fluid.test.ts', 'motion.test.ts'];

const common = {
  root: import.meta.dirname,
  pool: 'forks',
  // A busy machine draws late: what fails once is tried once more, and said.
  retry: 1,
  testTimeout: 120_000,
  hookTimeout: 180_000,
} as const;

export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: ['./packages.ts'],
    teardownTimeout: 20_000,
    projects: [
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['**/*.test.ts'],
          exclude: TIMED,
          // Each file has a VS Code and a browser, which often wait for each other.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...common, name: 'timed', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
