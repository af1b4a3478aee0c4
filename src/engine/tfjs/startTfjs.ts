import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { MeasureWork } from '../../loss/rows/rowStats.ts';
import { KernelRows } from './kernelRows.ts';
import { registerOp } from './lossOp.ts';
import { EXACT_ROWS } from './lossRows.ts';
import { measureByOp } from './measureByOp.ts';
import { smoothedCrossEntropy } from './smoothedCrossEntropy.ts';

/** tfjs with our loss as one of its operations. */
export interface Tfjs {
  readonly tf: typeof tf;
  readonly smoothedCrossEntropy: typeof smoothedCrossEntropy;
  readonly measure: MeasureWork;
}

/**
 * Registers the op, computed by this build of the kernel, or in float64 where none can run. tfjs works on its cpu backend unless
 * another is registered. It takes longer to load than all the rest, so this is the entry of a bundle of its own.
 */
export function start(module: WebAssembly.Module | undefined, shared: boolean): Tfjs {
  // Without advice to install something else.
  tf.enableProdMode();
  registerOp(module ? new KernelRows(module, shared) : EXACT_ROWS);
  return { tf, smoothedCrossEntropy, measure: measureByOp };
}
