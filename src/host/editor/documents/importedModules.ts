import { EventEmitter, Uri, workspace } from 'vscode';
import type { ModuleRequest } from '../../../analysis/lossConfig.ts';
import { notebookOf } from './cellDocuments.ts';
import { workspaceText } from './workspaceText.ts';

/** Following imports ends here: a value that's farther away isn't cheap. */
const MOST_MODULES = 12;

/** The modules one document asks for, as far as they were read. */
export interface ModuleReader {
  readonly texts: ReadonlyMap<string, string | null>;
  /** The files they are, and would be if they were there. */
  readonly uris: ReadonlySet<string>;
  /** The file of each text there is. */
  readonly files: ReadonlyMap<string, Uri>;
  /** Resolves to whether there's anything new in `texts`. */
  read(wanted: readonly ModuleRequest[]): Promise<boolean>;
}

/** Python files of the workspace, for what documents import from them. */
export class Modules {
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #changed = new EventEmitter<string>();
  readonly onDidChange = this.#changed.event;
  readonly #watcher = workspace.createFileSystemWatcher('**/*.py');
  readonly #subscriptions = [
    this.#watcher,
    this.#watcher.onDidChange((uri) => this.#forget(uri)),
    this.#watcher.onDidCreate((uri) => this.#forget(uri)),
    this.#watcher.onDidDelete((uri) => this.#forget(uri)),
    workspace.onDidChangeTextDocument(({ document }) => this.#forget(document.uri)),
  ];

  reader(asking: Uri): ModuleReader {
    const texts = new Map<string, string | null>();
    const files = new Map<string, Uri>();
    const uris = new Set<string>();
    const read = async ({ key, level, path, from }: ModuleRequest): Promise<void> => {
      texts.set(key, null);
      const asker = from === undefined ? asking : files.get(from);
      if (!asker) return;
      for (const candidate of candidates(asker, level, path)) {
        uris.add(candidate.toString());
        const text = await this.#text(candidate);
        if (text === null) continue;
        texts.set(key, text);
        files.set(key, candidate);
        return;
      }
    };
    return {
      texts,
      uris,
      files,
      async read(wanted) {
        const fresh = wanted.filter(({ key }) => !texts.has(key)).slice(0, MOST_MODULES - texts.size);
        await Promise.all(fresh.map(read));
        return fresh.length > 0;
      },
    };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #forget(uri: Uri): void {
    if (this.#texts.delete(uri.toString())) this.#changed.fire(uri.toString());
  }

  #text(uri: Uri): Promise<string | null> {
    const key = uri.toString();
    const known = this.#texts.get(key) ?? workspaceText(uri);
    this.#texts.set(key, known);
    return known;
  }
}

/** Where a module may be: relative to the file that asks, or in any folder above it within the workspace. */
function candidates(asker: Uri, level: number, path: readonly string[]): Uri[] {
  const file = notebookUri(asker);
  const root = workspace.getWorkspaceFolder(file)?.uri;
  if (!root) return [];
  const folders: Uri[] = [];
  for (let folder = Uri.joinPath(file, '..'); isWithin(folder, root); folder = Uri.joinPath(folder, '..')) {
    folders.push(folder);
    if (folder.path === root.path) break;
  }
  const from = level > 0 ? folders.slice(level - 1, level) : folders;
  return from.flatMap((folder) => [
    ...(path.length > 0 ? [Uri.joinPath(folder, ...path.slice(0, -1), `${path.at(-1)}.py`)] : []),
    Uri.joinPath(folder, ...path, '__init__.py'),
  ]);
}

function isWithin(folder: Uri, root: Uri): boolean {
  return folder.path === root.path || folder.path.startsWith(`${root.path.replace(/\/$/, '')}/`);
}

/** A cell is where its notebook is. */
function notebookUri(uri: Uri): Uri {
  const cell = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return (cell && notebookOf(cell)?.uri) ?? uri;
}
