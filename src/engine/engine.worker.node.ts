import { parentPort } from 'node:worker_threads';
import { serve } from './service.ts';

if (!parentPort) throw new Error('Runs as a worker thread only');
const port = parentPort;
serve({
  post: (message) => port.postMessage(message),
  listen: (listener) => port.on('message', listener),
});
