import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Outside VS Code there's no such module; what is tested here needs little of it.
  resolve: { alias: { vscode: join(import.meta.dirname, 'test/fixtures/vscode.ts') } },
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/reference/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
