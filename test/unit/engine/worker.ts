import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineClient } from '../../../src/engine/client.ts';
import { ROOT } from '../../vscode/paths.ts';

/** The engine as `npm run build` leaves it, in a real worker thread, and a way to end that thread as a fault would. */
export function startedEngine(idleMs?: number): {
  readonly engine: EngineClient;
  readonly kill: () => void;
  readonly running: () => boolean;
} {
  let running: Worker | undefined;
  const engine = new EngineClient(async () => {
    const worker = new Worker(join(ROOT, 'dist', 'engine.js'));
    running = worker;
    worker.on('exit', () => {
      if (running === worker) running = undefined;
    });
    return {
      post: (message) => worker.postMessage(message),
      listen: (listener) => worker.on('message', listener),
      onStop: (listener) => worker.on('exit', (code) => listener(`exit code ${code}`)),
      terminate: () => void worker.terminate(),
    };
  }, idleMs);
  return { engine, kill: () => void running?.terminate(), running: () => running !== undefined };
}
