import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/base';
import { enableProdMode, env, setBackend } from '@tensorflow/tfjs-core';
import type { TrainerBackend, TrainerParts } from '../../../protocol/trainerChannel.ts';
import { KernelRows } from '../kernelRows.ts';
import { registerOp } from '../lossOp.ts';
import { EXACT_ROWS, type LossRows } from '../lossRows.ts';
import { registerCpuKernels } from './cpuKernels.ts';
import { registerGradients } from './gradients.ts';
import { registerProducts } from './matrixProducts.ts';
import { ownPlatform } from './ownPlatform.ts';
import { registerWasmKernels } from './wasmKernels.ts';

/**
 * Makes tfjs ready to train, once: on its WASM backend, with our kernel for the loss, as far as their binaries are given and can be run
 * here. Always on one thread and without fused multiply-add, so that the same seed has the same bits on every machine.
 */
export async function startTfjs(
  parts: TrainerParts,
): Promise<{ readonly backend: TrainerBackend; readonly rows: LossRows }> {
  enableProdMode();
  env().setPlatform('smooth-labels', ownPlatform(parts.tfjs));
  // Twice as many threads take longer for matrices this small, and would need memory that a page doesn't share.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths('', true);
  registerCpuKernels();
  registerWasmKernels();
  registerGradients();
  const hasWasm = parts.tfjs !== null && (await isBackendStarted('wasm'));
  if (!hasWasm && !(await isBackendStarted('cpu'))) throw new Error('tfjs has no backend here');
  if (hasWasm && parts.matrices) registerProducts(new WebAssembly.Module(parts.matrices));
  const rows = rowsBy(parts.kernel);
  registerOp(rows);
  return { backend: hasWasm ? 'wasm' : 'cpu', rows };
}

async function isBackendStarted(name: TrainerBackend): Promise<boolean> {
  try {
    return await setBackend(name);
  } catch {
    return false;
  }
}

function rowsBy(kernel: TrainerParts['kernel']): LossRows {
  if (!kernel || !WebAssembly.validate(kernel)) return EXACT_ROWS;
  return new KernelRows(new WebAssembly.Module(kernel), false);
}
