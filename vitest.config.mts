import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const PAGE_TESTS = 'test/unit/webview/page/**/*.test.ts';

export default defineConfig({
  // Outside VS Code there's no such module; what is tested here needs little of it.
  resolve: { alias: { vscode: join(import.meta.dirname, 'test/fixtures/vscode.ts') } },
  test: {
    // By default a core is left free, which is half of two.
    maxWorkers: '100%',
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/reference/**/*.test.ts'],
          exclude: [PAGE_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: [PAGE_TESTS],
          // The files of a worker share a browser, which is slow on a busy machine.
          isolate: false,
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
