// Builds, watches, and opens a VS Code with the extension in it on the samples: `npm start [-- --port N]`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onPath } from './chromium.mjs';
import { ROOT, SAMPLES } from './paths.ts';
import { startTree } from './processTree.ts';
import { startServer, workbenchAddress } from './server.ts';

const SAMPLE = join(SAMPLES, 'digits.logits.json');

const port = readPort();

console.log('Building …');
run('esbuild.js');
const watch = startTree(process.execPath, ['esbuild.js', '--watch'], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
});
watch.process.once('exit', () => fail('The build stopped.'));

const desktop = port === undefined ? onPath('code') : null;
if (desktop !== null) openDesktop(desktop);
else await serve();

function readPort(): number | undefined {
  try {
    const { port } = parseArgs({ options: { port: { type: 'string' } } }).values;
    if (port === undefined) return undefined;
    if (/^[1-9]\d{0,4}$/.test(port) && Number(port) < 65536) return Number(port);
  } catch {}
  return fail('Usage: npm start [-- --port N], N from 1 to 65535.');
}

function openDesktop(code: string): void {
  const args = [`--extensionDevelopmentPath=${ROOT}`, '--new-window', '--wait', SAMPLES, SAMPLE];
  const shell = process.platform === 'win32';
  const window = startTree(shell ? `"${code}"` : code, shell ? args.map((arg) => `"${arg}"`) : args, {
    shell,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  console.log('VS Code opens. Close its window or press Ctrl+C to stop.');
  window.process.once('exit', (status) => process.exit(status ?? 1));
}

async function serve(): Promise<void> {
  run('test/setup.mjs', '--for', 'serve');
  console.log('Starting VS Code …');
  try {
    const server = await startServer({ version: 'newest', ...(port === undefined ? {} : { port }) });
    const address = workbenchAddress(server.port, SAMPLES, {
      extensionDevelopmentPath: ROOT,
      openFile: SAMPLE,
    });
    console.log(`\nOpen ${address}\n\nAfter a change, reload the window. Press Ctrl+C to stop.`);
    server.ended.then(() => fail(`VS Code ended:\n${server.log()}`));
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** Runs a script that says itself what goes wrong. */
function run(...script: string[]): void {
  try {
    execFileSync(process.execPath, script, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  } catch {
    process.exit(1);
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
