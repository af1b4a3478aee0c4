import { appendFileSync, writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { version } from 'vscode';

/**
 * Runs the tests that `load` defines, in this extension host. Says each result on the console, and writes it to the file
 * SMOOTH_LABELS_RESULTS as a line of JSON, `{"test": string, "passed": boolean}`. Rejects when one fails.
 */
export async function runTests(load: () => Promise<unknown>): Promise<void> {
  const results = process.env.SMOOTH_LABELS_RESULTS;
  if (results === undefined) throw new Error('SMOOTH_LABELS_RESULTS must name a file for the results.');
  writeFileSync(results, '');
  const record = (test: Mocha.Test, passed: boolean) =>
    appendFileSync(results, `${JSON.stringify({ test: test.fullTitle(), passed })}\n`);
  console.log(`Running tests in VS Code ${version}`);
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, retries: 1 });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    // A busy machine answers late: what fails once is tried once more, and said.
    runner.on('retry', (test, error) => console.log(`Tried again: ${test.fullTitle()}: ${error.message}`));
    runner.on('pass', (test) => record(test, true));
    runner.on('fail', (test) => record(test, false));
  });
  if (failures > 0) throw new Error(`${failures} failed.`);
}
