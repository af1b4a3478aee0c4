import { Uri, workspace } from 'vscode';
import type { EngineWorker } from '../../engine/client/workerTransport.ts';

/** The trainer's bundle is the same for Node and browsers. */
const SCRIPTS = { engine: 'engine.web.js', trainer: 'trainer.js' } as const;

/** Starts the engine, or the trainer, in a web worker. A worker may not be started from another origin, so its script is read first. */
export async function startWorker(extensionUri: Uri, name: keyof typeof SCRIPTS): Promise<EngineWorker> {
  const script = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', SCRIPTS[name]));
  const url = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onStop: (listener) => worker.addEventListener('error', (event) => listener(event.message)),
    readScript: async (library) =>
      new TextDecoder().decode(
        await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', `${library}.js`)),
      ),
    terminate: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
