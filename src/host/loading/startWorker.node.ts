import { Uri } from 'vscode';
import { startedThread } from '../../engine/startedThread.node.ts';
import type { EngineWorker } from '../../engine/workerTransport.ts';

/** Starts the engine, or the trainer, in a thread of its own. */
export async function startWorker(extensionUri: Uri, name: 'engine' | 'trainer'): Promise<EngineWorker> {
  return startedThread(Uri.joinPath(extensionUri, 'dist', `${name}.js`).fsPath);
}
