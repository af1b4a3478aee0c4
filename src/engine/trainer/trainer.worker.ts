import { serveTraining } from './trainerService.ts';

/** Node has a port for its threads, browsers have the worker itself. One bundle is for both: tfjs is too large to have twice. */
const port = globalThis.process?.getBuiltinModule?.('node:worker_threads')?.parentPort;

serveTraining(
  port
    ? {
        post: (message) => port.postMessage(message),
        listen: (listener) => port.on('message', listener),
      }
    : {
        post: (message) => self.postMessage(message),
        listen: (listener) => self.addEventListener('message', (event: MessageEvent) => listener(event.data)),
      },
);
