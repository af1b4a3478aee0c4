import { Uri } from 'vscode';
import type { EngineWorker } from '../../engine/client/workerTransport.ts';
import { startedThread } from '../../engine/startedThread.node.ts';

/** Starts the engine, or the trainer, in a thread of its own. */
export async function startWorker(extensionUri: Uri, name: 'engine' | 'trainer'): Promise<EngineWorker> {
  return startedThread(Uri.joinPath(extensionUri, 'dist', `${name}.js`).fsPath);
}
