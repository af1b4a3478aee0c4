// Runs the suites and counts: `npm test [-- types lint unit fuzz bench host e2e]`. Ends with the line `N passed, N failed`.
// `npm test -- --changed [REF]`: types, lint, and the unit tests of what has changed since REF, or since the last commit.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resultsFile } from './vscode/hostTests.ts';
import { OUTPUT, ROOT } from './vscode/paths.ts';
import { startTree } from './vscode/processTree.ts';
import { VERSIONS } from './vscode/server.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Suite {
  readonly name: string;
  /** An npm script and what it is given. */
  readonly script: readonly string[];
  /** It hangs if it takes longer. */
  readonly minutes: number;
  /** Where its results are; without it, the suite counts as one test. */
  readonly results?: { readonly file: string; readonly count: (text: string) => Counts };
  readonly mayBeEmpty?: boolean;
}

const SUITES: readonly Suite[] = [
  { name: 'types', script: ['types'], minutes: 5 },
  { name: 'lint', script: ['lint'], minutes: 5 },
  vitest('unit', 'test:unit', 20),
  vitest('fuzz', 'test:fuzz', 10),
  vitest('bench', 'test:bench', 10),
  ...VERSIONS.map((version) => ({
    name: `host ${version}`,
    script: ['test:host', version],
    minutes: 10,
    results: { file: resultsFile(version), count: countLines },
  })),
  vitest('e2e', 'test:e2e', 30),
];

function vitest(name: string, script: string, minutes: number): Suite {
  const file = join(OUTPUT, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return { name, script: [script, ...reporters], minutes, results: { file, count: countVitest } };
}

/** The suite with only those tests that what has changed since a commit may break. There may be none. */
function changedOnly(suite: Suite, ref = 'HEAD'): Suite {
  if (suite.results === undefined) return suite;
  return {
    ...suite,
    script: [...suite.script, `--changed=${ref}`, '--passWithNoTests'],
    mayBeEmpty: true,
  };
}

/** Vitest's JSON report. A file that can't be loaded has no tests in it; it counts as one that failed. */
function countVitest(text: string): Counts {
  const report: {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
  } = JSON.parse(text);
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests,
  };
}

/** One line of JSON a test, as test/host/runner.ts writes it. */
function countLines(text: string): Counts {
  const results: { passed: boolean }[] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

async function run({ name, script, minutes, results, mayBeEmpty = false }: Suite): Promise<Counts> {
  console.log(`\n── ${name} ──`);
  if (results !== undefined) {
    mkdirSync(dirname(results.file), { recursive: true });
    rmSync(results.file, { force: true });
  }
  const [command, ...args] = script;
  const tree = startTree('npm', ['run', '--silent', command!, '--', ...args], {
    cwd: ROOT,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const timer = setTimeout(() => {
    console.error(`${name} took more than ${minutes} min: stopped.`);
    void tree.stop();
  }, minutes * 60_000);
  await tree.ended;
  clearTimeout(timer);
  const succeeded = tree.process.exitCode === 0;
  if (results === undefined) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  const none = { passed: 0, failed: 0, skipped: 0 };
  const counts = existsSync(results.file) ? results.count(readFileSync(results.file, 'utf8')) : none;
  // A suite that didn't start, or broke off, or found no tests, has failed even if no test in it did.
  const complete = succeeded && (mayBeEmpty || counts.passed > 0);
  return { ...counts, failed: complete ? counts.failed : Math.max(counts.failed, 1) };
}

const args = process.argv.slice(2);
const isChanged = args[0] === '--changed';
const wanted = isChanged ? ['types', 'lint', 'unit'] : args;
const groups = new Set(SUITES.map(({ name }) => name.split(' ')[0]!));
const unknown = wanted.filter((name) => !groups.has(name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are: ${[...groups].join(', ')}.`);
  process.exit(1);
}
const total = { passed: 0, failed: 0 };
const lines: string[] = [];
for (const suite of SUITES) {
  if (wanted.length > 0 && !wanted.includes(suite.name.split(' ')[0]!)) continue;
  const start = performance.now();
  const { passed, failed, skipped } = await run(isChanged ? changedOnly(suite, args[1]) : suite);
  total.passed += passed;
  total.failed += failed;
  const seconds = `${((performance.now() - start) / 1000).toFixed(0)} s`;
  const skips = skipped > 0 ? `, ${skipped} skipped` : '';
  lines.push(
    `${suite.name.padEnd(12)} ${`${passed} passed, ${failed} failed${skips}`.padEnd(36)} ${seconds}`,
  );
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
// Nothing that a suite left running may keep this from ending.
process.exit(total.failed === 0 ? 0 : 1);
