import { Worker } from 'node:worker_threads';
import { Uri } from 'vscode';
import type { EngineWorker } from '../../engine/workerTransport.ts';

/** Starts the engine in a thread of its own. */
export async function startEngine(extensionUri: Uri): Promise<EngineWorker> {
  const worker = new Worker(Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath);
  // The thread must not keep the extension host alive.
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => worker.on('message', listener),
    onStop: (listener) => {
      worker.on('error', (error) => listener(error.message));
      worker.on('exit', (code) => listener(`exit code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
