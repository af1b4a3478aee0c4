// Installs what `npm start` and `npm test` need, and nothing that is there already:
// `node test/setup.mjs [--for build | --for serve] [--python]`; without `--for`, for everything. `--python` also installs, by apt, what
// tests compare with: PyTorch, Jupyter, Dask and their like.
// Runs before anything is installed, on Node 20, so it is JavaScript without dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, onPath } from './vscode/chromium.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const VSCODE = join(ROOT, 'test', 'vscode');
const asked = process.argv.slice(2);
const purpose = asked[0] === '--for' ? asked[1] : 'test';

/** Debian's packages; tests that need one that isn't there are skipped. */
const PYTHON_PACKAGES = [
  'python3-torch',
  'python3-numpy',
  'python3-pandas',
  'python3-sklearn',
  'python3-ipykernel',
  'jupyter-nbconvert',
  'python3-dask',
  'python3-distributed',
];

// npm puts the installed Node first on the PATH, and `npm ci` begins by deleting it: let npm run on the machine's own.
const path = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !/[\\/]node_modules[\\/]\.bin$/.test(folder))
  .join(delimiter);
const windows = process.platform === 'win32';

/** Runs a program quietly; its output is in the error if it fails. */
function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn(command, args, { cwd, env, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => output.push(data));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} failed (${code}):\n${Buffer.concat(output)}`));
    });
  });
}

/** Says what happens, then how long it took. */
async function step(title, action) {
  const start = performance.now();
  process.stdout.write(`${title} … `);
  try {
    await action();
    process.stdout.write(`${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

/** Installs into `folder` unless that was done for the same lock file. The stamp goes when node_modules goes. */
async function install(title, folder, lock, args) {
  const stamp = join(folder, 'node_modules', '.smooth-labels-setup');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step(title, () => run('npm', [...args, '--no-audit', '--no-fund'], folder));
  writeFileSync(stamp, wanted);
}

async function installVsCode(names) {
  const lock = join(VSCODE, 'package-lock.json');
  // Its own install scripts refuse to run as root, fetch more, and compile what isn't needed here.
  await install('Fetching VS Code', VSCODE, lock, ['ci', '--ignore-scripts']);
  for (const name of names) {
    const server = join(VSCODE, 'node_modules', `vscode-${name}`, 'lib', 'vscode');
    // `npm ci` refuses the shrinkwrap there, and `npm install` changes it: our own lock file says which version it is.
    const args = ['install', '--ignore-scripts', '--omit=dev'];
    await install(`Installing the ${name} VS Code`, server, lock, args);
  }
}

/** False where packages can't be installed without a question. */
function hasApt() {
  return onPath('apt-get') !== null && (process.getuid?.() === 0 || onPath('sudo') !== null);
}

async function installByApt(packages) {
  const apt = (...args) =>
    process.getuid?.() === 0 ? run('apt-get', args, ROOT) : run('sudo', ['-n', 'apt-get', ...args], ROOT);
  await apt('update', '-q');
  await apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}

async function installPython() {
  if (!hasApt())
    throw new Error(`There is no apt-get here. Install these as you can: ${PYTHON_PACKAGES.join(', ')}.`);
  await step('Installing PyTorch, Jupyter and Dask', () => installByApt(PYTHON_PACKAGES));
}

async function installChromium() {
  if (findChromium() !== null) return;
  const named = process.env.SMOOTH_LABELS_CHROMIUM || process.env.CHROME_PATH;
  if (named)
    throw new Error(`There is no browser at ${named}. Correct SMOOTH_LABELS_CHROMIUM or CHROME_PATH.`);
  const advice = 'Install Chromium or Chrome, or set SMOOTH_LABELS_CHROMIUM to its path.';
  if (!hasApt()) throw new Error(`There is no Chromium. ${advice}`);
  try {
    await step('Installing Chromium', () => installByApt(['chromium', 'fonts-liberation']));
  } catch (error) {
    throw new Error(`${error.message}\n${advice}`);
  }
  if (findChromium() === null)
    throw new Error(`apt-get installed no Chromium that is on the PATH. ${advice}`);
}

try {
  await install('Installing packages', ROOT, join(ROOT, 'package-lock.json'), ['ci']);
  if (purpose === 'serve') await installVsCode(['newest']);
  if (purpose === 'test') {
    await installVsCode(['oldest', 'newest']);
    await installChromium();
  }
  if (asked.includes('--python')) await installPython();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
