import { createRequire } from 'node:module';
import { Uri } from 'vscode';

/** Loads what nobody needs before a loss configuration turns up. */
export async function loadAnalysis(extensionUri: Uri): Promise<typeof import('./main.ts')> {
  const path = Uri.joinPath(extensionUri, 'dist', 'analysis.js').fsPath;
  return createRequire(path)(path);
}
