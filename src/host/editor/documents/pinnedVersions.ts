import { Uri, workspace } from 'vscode';
import { FRAMEWORK_APIS } from '../../../frameworks/catalogue.ts';
import { workspaceText } from './workspaceText.ts';

/** Packages whose release decides what an API has. */
const PACKAGES = new Set(FRAMEWORK_APIS.flatMap(({ since }) => since?.package ?? []));
const FILES = ['requirements.txt', 'requirements-dev.txt', 'pyproject.toml', 'environment.yml', 'setup.cfg'];

/** The releases a workspace asks for, as far as the usual files in its root say so. */
export class Versions {
  readonly #known = new Map<string, Promise<Readonly<Record<string, string>>>>();
  readonly #watcher = workspace.createFileSystemWatcher(`**/{${FILES.join(',')}}`);
  readonly #subscriptions = [
    this.#watcher,
    this.#watcher.onDidChange(() => this.#known.clear()),
    this.#watcher.onDidCreate(() => this.#known.clear()),
    this.#watcher.onDidDelete(() => this.#known.clear()),
  ];

  of(uri: Uri): Promise<Readonly<Record<string, string>>> {
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder) return Promise.resolve({});
    const key = folder.uri.toString();
    const known = this.#known.get(key) ?? read(folder.uri);
    this.#known.set(key, known);
    return known;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

async function read(folder: Uri): Promise<Record<string, string>> {
  const texts = await Promise.all(FILES.map((name) => workspaceText(Uri.joinPath(folder, name))));
  return Object.assign({}, ...texts.map((text) => pinned(text ?? '')));
}

const PIN = /^[\s"'-]*([a-z]+)(?:\[[^\]]*\])?\s*(?:[=~>]=|=)\s*["'^~>=]*(\d+(?:\.\d+)*)/;

/** `keras==3.15.1`, `"keras>=3.16"`, `keras = "^3.16"`: at least that release. */
export function pinned(text: string): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, name = '', version = ''] = PIN.exec(line) ?? [];
    if (PACKAGES.has(name)) versions[name] ??= version;
  }
  return versions;
}
