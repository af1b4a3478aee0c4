import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { OUTPUT, ROOT } from './paths.ts';

const HOST = join(ROOT, 'test', 'host');

/** What VS Code runs: its `run()` resolves when all tests passed. Not `.js`, which would be a module here. */
export const BUNDLE = join(OUTPUT, 'host', 'index.cjs');

/** All tests in one file that VS Code can load; a new test file is in it without being listed anywhere. */
export async function bundleHostTests(): Promise<void> {
  const tests = globSync('**/*.test.ts', { cwd: HOST }).sort();
  const imports = tests.map((path) => `import(${JSON.stringify(`./${path.replaceAll('\\', '/')}`)})`);
  await build({
    stdin: {
      contents: `import { runTests } from './runner.ts';
        export const run = () => runTests(() => Promise.all([${imports.join(', ')}]));`,
      resolveDir: HOST,
    },
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    // Mocha's parallel mode looks for files beside it; it isn't used.
    logOverride: { 'require-resolve-not-external': 'silent' },
    logLevel: 'warning',
  });
}

if (import.meta.main) await bundleHostTests();
