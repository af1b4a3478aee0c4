// Runs test/host inside VS Code: `node test/vscode/hostTests.ts newest | oldest | desktop`.
import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { OUTPUT, ROOT, SAMPLES } from './paths.ts';
import { VERSIONS } from './server.ts';

const HOST = join(ROOT, 'test', 'host');
const BUNDLE = join(OUTPUT, 'host', 'index.cjs');

/** Where the results of a run are, one JSON line a test: `{"test": string, "passed": boolean}`. */
export function resultsFile(vscode: string): string {
  return join(OUTPUT, 'host', `results-${vscode}.jsonl`);
}

/** All tests in one file that VS Code can load; a new test file is in it without being listed anywhere. */
async function bundleTests(): Promise<void> {
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

async function main(vscode: string): Promise<void> {
  const npm = VERSIONS.some((version) => version === vscode);
  if (!npm && vscode !== 'desktop') throw new Error(`Say which VS Code: ${VERSIONS.join(', ')} or desktop.`);
  mkdirSync(join(OUTPUT, 'host'), { recursive: true });
  rmSync(resultsFile(vscode), { force: true });
  await bundleTests();
  await runTests({
    ...(npm ? { vscodeExecutablePath: join(import.meta.dirname, 'launcher.ts') } : { version: 'stable' }),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: BUNDLE,
    extensionTestsEnv: { SMOOTH_LABELS_VSCODE: vscode, SMOOTH_LABELS_RESULTS: resultsFile(vscode) },
    launchArgs: [SAMPLES, ...(npm ? [] : ['--disable-extensions'])],
  });
}

if (import.meta.main) {
  try {
    await main(process.argv[2] ?? 'newest');
  } catch (error) {
    // The tests have said what failed.
    if (!(error instanceof TestRunFailedError)) console.error(error);
    process.exitCode = 1;
  }
}
