import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EngineTimes } from '../../../src/engine/client/workerLife.ts';
import { EngineClient } from '../../../src/engine/engineClient.ts';
import { ROOT } from '../../vscode/paths.ts';

/**
 * The engine as `npm run build` leaves it, or another folder has it, in a real worker thread, and a way to end that thread as a fault would, or to keep
 * it busy so that it hears nothing.
 */
export function startedEngine(
  times?: Partial<EngineTimes>,
  folder = join(ROOT, 'dist'),
): {
  readonly engine: EngineClient;
  readonly kill: () => void;
  readonly deafen: (ms: number) => void;
  readonly running: () => boolean;
} {
  let running: Worker | undefined;
  const engine = new EngineClient(async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ deafenedFor }) => {
        if (deafenedFor) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, deafenedFor);
      });
      require(${JSON.stringify(join(folder, 'engine.js'))});`,
      { eval: true },
    );
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
  }, times);
  return {
    engine,
    kill: () => void running?.terminate(),
    deafen: (ms) => running?.postMessage({ deafenedFor: ms }),
    running: () => running !== undefined,
  };
}
