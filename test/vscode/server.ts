import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessTree, removeAtExit, startTree } from './processTree.ts';

/** The two VS Codes in this folder's package.json. */
export const VERSIONS = ['newest', 'oldest'] as const;
export type Version = (typeof VERSIONS)[number];

export interface ServerOptions {
  readonly version: Version;
  /** Absent: a free one. */
  readonly port?: number;
  /** User settings, on top of those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages to install first, as a user would. */
  readonly vsixes?: readonly string[];
  /** The language of the display, of which a language pack is among the packages. */
  readonly locale?: string;
  /** Asks for trust in a folder, and until then is in Restricted Mode. */
  readonly workspaceTrust?: boolean;
}

export interface VsCodeServer {
  readonly port: number;
  /** Everything VS Code said so far. */
  log(): string;
  /** The hosts, but for this one, that extensions have tried to reach. */
  reachedHosts(): string[];
  /** Resolves when it is gone, whatever the reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.hover.delay': 60_000,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const READY = /Extension host agent listening on (\d+)/;
const TIMEOUT_SECONDS = 60;
const NETWORK_WATCH = join(import.meta.dirname, 'networkWatch.cjs');

/** Where VS Code of this version is installed. */
export function vscodeFolder(version: Version): string {
  return join(import.meta.dirname, 'node_modules', `vscode-${version}`, 'lib', 'vscode');
}

/** Starts VS Code with nothing in it but what `options` say, and resolves when it takes connections. */
export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
  const data = mkdtempSync(join(tmpdir(), 'vscode-data-'));
  removeAtExit(data);
  mkdirSync(join(data, 'data', 'User'), { recursive: true });
  writeFileSync(
    join(data, 'data', 'User', 'settings.json'),
    JSON.stringify({ ...QUIET, ...options.settings }, null, 2),
  );
  const network = join(data, 'network.txt');
  const tree = startTree(process.execPath, ['out/server-main.js', ...serverArguments(options, data)], {
    cwd: vscodeFolder(options.version),
    env: {
      ...process.env,
      NODE_OPTIONS: `--require=${NETWORK_WATCH}`,
      SMOOTH_LABELS_NETWORK: network,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(tree);
  const port = await ready(tree, output);
  return {
    port,
    log: () => output.text,
    reachedHosts: () =>
      existsSync(network) ? readFileSync(network, 'utf8').split('\n').filter(Boolean) : [],
    ended: tree.ended,
    stop: tree.stop,
  };
}

function serverArguments(
  { port, vsixes = [], locale, workspaceTrust }: ServerOptions,
  data: string,
): string[] {
  const args = ['--host', '127.0.0.1', '--port', String(port ?? 0), '--server-data-dir', data];
  args.push('--without-connection-token', '--accept-server-license-terms', '--disable-telemetry');
  // Without this driver the newest VS Code takes no payload from the address.
  args.push('--enable-smoke-test-driver');
  if (!workspaceTrust) args.push('--disable-workspace-trust');
  if (locale !== undefined) args.push('--locale', locale);
  if (vsixes.length > 0) args.push('--start-server');
  for (const vsix of vsixes) args.push('--install-extension', vsix);
  return args;
}

interface Output {
  text: string;
}

function collect({ process }: ProcessTree): Output {
  const output = { text: '' };
  const add = (data: Buffer) => {
    output.text += data.toString();
  };
  process.stdout?.on('data', add);
  process.stderr?.on('data', add);
  return output;
}

function ready(tree: ProcessTree, output: Output): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      void tree.stop();
      reject(new Error(`VS Code ${why}. It said:\n${output.text}`));
    };
    const timer = setTimeout(() => fail(`wasn't ready after ${TIMEOUT_SECONDS} s`), TIMEOUT_SECONDS * 1000);
    tree.process.once('error', (error) => fail(`didn't start: ${error.message}`));
    tree.process.once('exit', (code) => fail(`ended with exit code ${code}`));
    tree.process.stdout?.on('data', () => {
      const port = READY.exec(output.text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

/** What the address can ask of VS Code besides opening a folder; see `workbenchAddress`. */
export interface Payload {
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  readonly openFile?: string;
}

/** The address of a window on `folder`. The payload's paths are absolute ones on this machine. */
export function workbenchAddress(port: number, folder: string, payload: Payload = {}): string {
  const remote = Object.entries(payload).map(([key, path]) => [
    key,
    `vscode-remote://127.0.0.1:${port}${urlPath(path)}`,
  ]);
  const address = new URL(`http://127.0.0.1:${port}/`);
  address.searchParams.set('folder', urlPath(folder));
  address.searchParams.set('payload', JSON.stringify([...remote, ['skipWelcome', 'true']]));
  return address.href;
}

/** `C:\\x` as `/C:/x`. */
function urlPath(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
