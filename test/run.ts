// Runs the suites and counts: `npm test [-- types lint unit fuzz bench host e2e]`. Ends with the line `N passed, N failed`.
// `npm test -- --changed [REF]`: types, lint, and the unit tests of what has changed since REF, or since the last commit.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { added, lineResults, NO_RESULTS, type Results, vitestResults } from './results.ts';
import { resultsFile } from './vscode/hostTests.ts';
import { OUTPUT, ROOT } from './vscode/paths.ts';
import { startTree } from './vscode/processTree.ts';
import { VERSIONS } from './vscode/server.ts';

interface Suite {
  readonly name: string;
  /** An npm script and what it is given. */
  readonly script: readonly string[];
  /** It hangs if it takes longer. */
  readonly minutes: number;
  /** Where its results are; without it, the suite counts as one test. */
  readonly results?: { readonly files: readonly string[]; readonly read: (text: string) => Results };
  readonly mayBeEmpty?: boolean;
}

const SUITES: readonly Suite[] = [
  { name: 'types', script: ['types'], minutes: 5 },
  { name: 'lint', script: ['lint'], minutes: 5 },
  vitest('unit', 'test:unit', 20),
  vitest('fuzz', 'test:fuzz', 10),
  vitest('bench', 'test:bench', 10),
  {
    name: 'host',
    script: ['test:host'],
    minutes: 10,
    results: { files: VERSIONS.map(resultsFile), read: lineResults },
  },
  vitest('e2e', 'test:e2e', 30),
];

function vitest(name: string, script: string, minutes: number): Suite {
  const file = join(OUTPUT, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return { name, script: [script, ...reporters], minutes, results: { files: [file], read: vitestResults } };
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

async function run({ name, script, minutes, results, mayBeEmpty = false }: Suite): Promise<Results> {
  console.log(`\n── ${name} ──`);
  for (const file of results?.files ?? []) {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
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
  if (results === undefined)
    return { ...NO_RESULTS, ...(succeeded ? { passed: 1 } : { failed: 1, failures: [name] }) };
  const each = results.files.map((file) =>
    existsSync(file) ? results.read(readFileSync(file, 'utf8')) : NO_RESULTS,
  );
  const all = added(each);
  // A suite that didn't start, or broke off, or found no tests, has failed even if no test in it did.
  const complete = succeeded && (mayBeEmpty || each.every(({ passed }) => passed > 0));
  if (complete || all.failed > 0) return all;
  return { ...all, failed: 1, failures: [`${name} did not end as it should`] };
}

const args = process.argv.slice(2);
const isChanged = args[0] === '--changed';
const wanted = isChanged ? ['types', 'lint', 'unit'] : args;
const groups = new Set(SUITES.map(({ name }) => name));
const unknown = wanted.filter((name) => !groups.has(name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are: ${[...groups].join(', ')}.`);
  process.exit(1);
}
const total = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const failures: string[] = [];
for (const suite of SUITES) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  const start = performance.now();
  const result = await run(isChanged ? changedOnly(suite, args[1]) : suite);
  const { passed, failed, skipped } = result;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  failures.push(...result.failures.map((failure) => `${suite.name}: ${failure}`));
  const seconds = `${((performance.now() - start) / 1000).toFixed(0)} s`;
  const skips = skipped > 0 ? `, ${skipped} skipped` : '';
  lines.push(
    `${suite.name.padEnd(12)} ${`${passed} passed, ${failed} failed${skips}`.padEnd(36)} ${seconds}`,
  );
}
console.log(`\n${lines.join('\n')}\n`);
// Said again at the end: the places where they're said first are thousands of lines above.
for (const failure of failures) console.log(`Failed: ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
// Nothing that a suite left running may keep this from ending.
process.exit(total.failed === 0 ? 0 : 1);
