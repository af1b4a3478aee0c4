import { Uri, workspace } from 'vscode';
import type { EngineWorker } from '../../engine/workerTransport.ts';

/** Starts the engine in a web worker. A worker may not be started from another origin, so its script is read first. */
export async function startEngine(extensionUri: Uri): Promise<EngineWorker> {
  const script = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', 'engine.web.js'));
  const url = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onStop: (listener) => worker.addEventListener('error', (event) => listener(event.message)),
    terminate: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
