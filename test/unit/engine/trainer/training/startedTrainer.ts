import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TrainerClient } from '../../../../../src/engine/trainer/trainerClient.ts';
import { ROOT } from '../../../../vscode/paths.ts';

const DIST = join(ROOT, 'dist');

/**
 * The trainer as `npm run build` leaves it, in a real worker thread; on tfjs' cpu backend if it isn't handed the WASM binary. `onWorker`
 * hears of each thread that's started.
 */
export function startedTrainer(
  backend: 'wasm' | 'cpu' = 'wasm',
  idleMs?: number,
  onWorker: (worker: Worker) => void = () => {},
): TrainerClient {
  const bytes = (name: string) => new Uint8Array(readFileSync(join(DIST, name)));
  return new TrainerClient(async () => {
    const worker = new Worker(join(DIST, 'trainer.js'));
    onWorker(worker);
    return {
      worker: {
        post: (message) => worker.postMessage(message),
        listen: (listener) => worker.on('message', listener),
        onStop: (listener) => {
          worker.on('error', (error) => listener(String(error)));
          worker.on('exit', (code) => listener(`exit code ${code}`));
        },
        terminate: () => void worker.terminate(),
      },
      parts: {
        tfjs: backend === 'wasm' ? bytes('trainer-tfjs.wasm') : null,
        kernel: bytes('trainer-kernel.wasm'),
        matrices: bytes('trainer-matrices.wasm'),
      },
    };
  }, idleMs);
}
