// Runs test/host inside VS Code: `node test/vscode/hostTests.ts [newest] [oldest] [desktop]`; without a
// name, in the two from npm.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { BUNDLE, bundleHostTests } from './bundleHostTests.ts';
import { OUTPUT, ROOT, SAMPLES } from './paths.ts';
import { VERSIONS } from './server.ts';

/** Where the results of a run are, one JSON line a test: `{"test": string, "passed": boolean}`. */
export function resultsFile(vscode: string): string {
  return join(OUTPUT, 'host', `results-${vscode}.jsonl`);
}

/** Resolves to whether all tests passed. */
async function testIn(vscode: string): Promise<boolean> {
  const npm = VERSIONS.some((version) => version === vscode);
  if (!npm && vscode !== 'desktop') throw new Error(`Say which VS Code: ${VERSIONS.join(', ')} or desktop.`);
  rmSync(resultsFile(vscode), { force: true });
  try {
    await runTests({
      ...(npm ? { vscodeExecutablePath: join(import.meta.dirname, 'launcher.ts') } : { version: 'stable' }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: BUNDLE,
      extensionTestsEnv: { SMOOTH_LABELS_VSCODE: vscode, SMOOTH_LABELS_RESULTS: resultsFile(vscode) },
      launchArgs: [SAMPLES, ...(npm ? [] : ['--disable-extensions'])],
    });
    return true;
  } catch (error) {
    // The tests have said what failed.
    if (error instanceof TestRunFailedError) return false;
    throw error;
  }
}

if (import.meta.main) {
  mkdirSync(join(OUTPUT, 'host'), { recursive: true });
  await bundleHostTests();
  const named = process.argv.slice(2);
  // Side by side: each waits for its browser, and its browser for it.
  const succeeded = await Promise.all((named.length === 0 ? VERSIONS : named).map(testIn));
  if (!succeeded.every(Boolean)) process.exitCode = 1;
}
