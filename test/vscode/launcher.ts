#!/usr/bin/env node
// VS Code from npm with the arguments of a desktop VS Code, for the program that runs tests in it: opens a folder, loads
// the extension under development, runs its tests, and ends with their exit code. SMOOTH_LABELS_VSCODE is the version.
import { format, parseArgs } from 'node:util';
import { startBrowser } from './browser.ts';
import { ROOT } from './paths.ts';
import { startServer, VERSIONS, workbenchAddress } from './server.ts';

const TIMEOUT_MINUTES = 5;

/** What the tests begin with (test/host/runner.ts). What VS Code says before is noise, as long as they begin. */
const BEGIN = /^Running tests in VS Code/;

/** Native modules that aren't built when VS Code comes from npm. It does without them. */
const NOISE = /Could not locate the bindings file|native-watchdog/;

const { values, positionals } = parseArgs({
  // The flags that are about a desktop alone are not ours to know.
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});
const version = VERSIONS.find((each) => each === process.env.SMOOTH_LABELS_VSCODE);
if (version === undefined) throw new Error(`SMOOTH_LABELS_VSCODE must be one of ${VERSIONS.join(', ')}.`);
const { extensionDevelopmentPath, extensionTestsPath } = values;
if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string') {
  throw new Error('--extensionDevelopmentPath=… and --extensionTestsPath=… are needed.');
}

const server = await startServer({ version });
const browser = await startBrowser();
const page = await browser.newPage();

const heldBack: string[] = [];
let begun = false;
await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
  const text = format(...args);
  begun ||= BEGIN.test(text);
  if (!begun) heldBack.push(text);
  else if (!NOISE.test(text)) console.log(text.replace(/^/gm, `${version.padEnd(6)} │ `));
});
const ended = new Promise<number>((resolve) => {
  const fail = (why: string) => {
    console.error(`${why} VS Code said:\n${server.log()}`);
    resolve(1);
  };
  void page.exposeFunction('codeAutomationExit', resolve);
  page.once('crash', () => fail('The page crashed.'));
  page.once('close', () => fail('The browser ended.'));
  setTimeout(() => fail(`The tests took more than ${TIMEOUT_MINUTES} min.`), TIMEOUT_MINUTES * 60_000);
});
const paths = { extensionDevelopmentPath, extensionTestsPath };
await page.goto(workbenchAddress(server.port, positionals[0] ?? ROOT, paths), { timeout: 60_000 });

const exitCode = await ended;
if (!begun) console.error(`The tests didn't begin. VS Code said:\n${heldBack.join('\n')}`);
// The server and the browser end with this process.
process.exit(exitCode || (begun ? 0 : 1));
