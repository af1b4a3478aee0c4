import { createRequire } from 'node:module';
import { Uri } from 'vscode';

/** Loads a bundle of the extension that isn't needed before something is asked for. `Exports` is what its entry exports. */
export async function loadBundle<Exports>(
  extensionUri: Uri,
  name: 'analysis' | 'features' | 'lab',
): Promise<Exports> {
  const path = Uri.joinPath(extensionUri, 'dist', `${name}.js`).fsPath;
  return createRequire(path)(path);
}
