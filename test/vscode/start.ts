// Builds, watches, and opens a VS Code with the extension in it on the samples: `npm start [-- --port N]`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onPath } from './chromium.mjs';
import { ROOT, SAMPLES } from './paths.ts';
import { startTree } from './processTree.ts';
import { startServer, workbenchAddress } from './server.ts';

const SAMPLE = join(SAMPLES, 'digits.logits.json');

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const port = values.port === undefined ? undefined : Number(values.port);
if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
  fail('--port must be a number from 1 to 65535.');
}

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
