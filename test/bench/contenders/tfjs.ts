import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ALPHA, fillWithLogits, randomTargets } from './logits.ts';
import { serve, timed } from './serve.ts';

function made(rows: number, classes: number) {
  const values = fillWithLogits(new Float32Array(rows * classes));
  return [tf.tensor2d(values, [rows, classes]), tf.tensor1d(randomTargets(rows, classes), 'int32')] as const;
}

/** Computes the loss as a program does that uses tfjs. */
async function startServing(backend: string, classes: number): Promise<void> {
  const { resolve } = createRequire(__filename);
  setWasmPaths(dirname(resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend "${backend}" here`);
  await tf.ready();
  let [logits, targets] = made(1, classes);
  await serve({ versions: { tfjs: tf.version_core }, missing: {} }, ({ rows }) => {
    if (logits.shape[0] !== rows) {
      tf.dispose([logits, targets]);
      [logits, targets] = made(rows, classes);
    }
    const loss = () => tf.losses.softmaxCrossEntropy(tf.oneHot(targets, classes), logits, undefined, ALPHA);
    const { ms, value } = timed(() => tf.tidy(() => loss().dataSync()[0]!));
    return { ms, loss: value };
  });
}

void startServing(process.argv[2]!, Number(process.argv[4]));
