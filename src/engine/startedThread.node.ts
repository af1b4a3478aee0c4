import { Worker } from 'node:worker_threads';
import type { EngineWorker } from './client/workerTransport.ts';

/** Starts a bundle in a thread of its own, which keeps nothing alive: whoever started it may end at any time. */
export function startedThread(script: string): EngineWorker {
  const worker = new Worker(script);
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
