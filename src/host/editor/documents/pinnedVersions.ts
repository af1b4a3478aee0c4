import { Uri, workspace } from 'vscode';
import { type ProjectReleases, RELEASE_FILES, releasesIn } from '../../../analysis/checks/releases.ts';
import { workspaceText } from './workspaceText.ts';

/** A lock file names everything that is installed. */
const MOST_BYTES = 4_000_000;

/** The releases a workspace asks for, as far as the usual files in its root say so. */
export class Versions {
  readonly #known = new Map<string, Promise<ProjectReleases>>();
  readonly #watcher = workspace.createFileSystemWatcher(`**/{${RELEASE_FILES.join(',')}}`);
  readonly #subscriptions = [
    this.#watcher,
    this.#watcher.onDidChange(() => this.#known.clear()),
    this.#watcher.onDidCreate(() => this.#known.clear()),
    this.#watcher.onDidDelete(() => this.#known.clear()),
  ];

  of(uri: Uri): Promise<ProjectReleases> {
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder) return Promise.resolve({ versions: {}, pins: {} });
    const key = folder.uri.toString();
    const known = this.#known.get(key) ?? read(folder.uri);
    this.#known.set(key, known);
    return known;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

async function read(folder: Uri): Promise<ProjectReleases> {
  const texts = await Promise.all(
    RELEASE_FILES.map((name) => workspaceText(Uri.joinPath(folder, name), MOST_BYTES)),
  );
  return releasesIn(texts.map((text) => text ?? ''));
}
