import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe } from 'vitest';
import { KernelRows } from '../../../../src/engine/trainer/kernelRows.ts';
import { registerOp } from '../../../../src/engine/trainer/lossOp.ts';
import { EXACT_ROWS, type LossRows } from '../../../../src/engine/trainer/lossRows.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { kernelModule } from '../kernel/builds.ts';

tf.enableProdMode();
setWasmPaths(`${join(ROOT, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist')}/`);

/** A kernel as `npm run build` leaves it, in memory of its own. */
export function kernelRows(build: 'private-relaxed' | 'private-plain'): KernelRows {
  return new KernelRows(kernelModule(build), false);
}

/** The memory of every kernel under test, to see that all of it is given back. */
export const KERNELS = [kernelRows('private-relaxed'), kernelRows('private-plain')] as const;

const ROWS: Readonly<Record<string, LossRows>> = {
  kernel: KERNELS[0],
  'kernel without fused multiply-add': KERNELS[1],
  'no WASM SIMD': EXACT_ROWS,
};

/** Makes tfjs work on `backend`, with our op computed by `rows`. */
export async function useOp(backend: string, rows: LossRows): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no ${backend} backend here`);
  registerOp(rows);
}

/** One body of tests for each tfjs backend and each way to compute the op. */
export function describeOp(title: string, body: () => void): void {
  for (const backend of ['cpu', 'wasm']) {
    for (const [name, rows] of Object.entries(ROWS)) {
      describe(`${title} (tfjs ${backend}, ${name})`, () => {
        beforeAll(() => useOp(backend, rows));
        body();
      });
    }
  }
}
