import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Of code without state, so that files of tests can't disturb each other: each module is loaded once for all of them. */
const PURE_TESTS = [
  'test/unit/{analysis,escape,frameworks,lab,loss,protocol,readers,words}/**/*.test.{ts,tsx}',
  'test/reference/**/*.test.ts',
];
/** They start threads themselves, and measure how soon those react. */
const ENGINE_TESTS = ['test/unit/engine/**/*.test.ts'];
const PAGE_TESTS = ['test/unit/webview/page/**/*.test.ts'];

/** Threads and browsers react late on a busy machine: what fails once is tried once more, and said. */
const TRIED_AGAIN = 1;

export default defineConfig({
  // Outside VS Code there's no such module; what is tested here needs little of it.
  resolve: { alias: { vscode: join(import.meta.dirname, 'test/fixtures/vscode.ts') } },
  test: {
    // By default a core is left free, which is half of two.
    maxWorkers: '100%',
    // What hangs is ended; what is slow only because the machine is busy is not.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE_TESTS, isolate: false, pool: 'threads' } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: [...PURE_TESTS, ...ENGINE_TESTS, ...PAGE_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ENGINE_TESTS,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          retry: TRIED_AGAIN,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: PAGE_TESTS,
          // The files of a worker share a browser, which is slow on a busy machine.
          isolate: false,
          retry: TRIED_AGAIN,
        },
      },
    ],
  },
});
