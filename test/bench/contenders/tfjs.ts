import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { ALPHA, fillWithLogits, randomTargets } from './logits.ts';
import { serve, timed } from './serve.ts';

const require = createRequire(import.meta.url);
const tf: typeof import('@tensorflow/tfjs') = require('@tensorflow/tfjs');
const wasm: typeof import('@tensorflow/tfjs-backend-wasm') = require('@tensorflow/tfjs-backend-wasm');

const [backend, classes] = [process.argv[2]!, Number(process.argv[4])];
wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend "${backend}" here`);
await tf.ready();

let [logits, targets] = made(1);

function made(rows: number) {
  const values = fillWithLogits(new Float32Array(rows * classes));
  return [tf.tensor2d(values, [rows, classes]), tf.tensor1d(randomTargets(rows, classes), 'int32')] as const;
}

await serve({ versions: { tfjs: tf.version_core }, missing: {} }, ({ rows }) => {
  if (logits.shape[0] !== rows) {
    tf.dispose([logits, targets]);
    [logits, targets] = made(rows);
  }
  const { ms, value } = timed(() =>
    tf.tidy(
      () =>
        tf.losses.softmaxCrossEntropy(tf.oneHot(targets, classes), logits, undefined, ALPHA).dataSync()[0]!,
    ),
  );
  return { ms, loss: value };
});
