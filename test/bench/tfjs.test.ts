import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { expect, it } from 'vitest';
import { KernelRows } from '../../src/engine/trainer/kernelRows.ts';
import { registerOp } from '../../src/engine/trainer/lossOp.ts';
import { smoothedCrossEntropy } from '../../src/engine/trainer/smoothedCrossEntropy.ts';
import { kernelModule } from '../unit/engine/kernel/builds.ts';
import { composedLoss } from '../unit/engine/trainer/composed.ts';
import { ROOT } from '../vscode/paths.ts';
import { interleaved, median } from './interleaved.ts';

const [N, K, ALPHA] = [4096, 1000, 0.1] as const;

tf.enableProdMode();
setWasmPaths(`${join(ROOT, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist')}/`);
registerOp(new KernelRows(kernelModule('private-relaxed'), false));

/** By how much composed operations take longer, at least: a generous part of what they do. */
const LEAST = { cpu: { forward: 40, both: 10 }, wasm: { forward: 2, both: 2 } } as const;

for (const backend of ['cpu', 'wasm'] as const) {
  it(`beats composed operations on tfjs's ${backend} backend`, async () => {
    await tf.setBackend(backend);
    const logits = tf.randomNormal([N, K], 0, 3, 'float32', 1);
    const labels = tf.cast(tf.randomUniform([N], 0, K, 'float32', 2), 'int32');
    const ours = (z: tf.Tensor) => smoothedCrossEntropy(z, labels, { labelSmoothing: ALPHA });
    const composed = (z: tf.Tensor) => composedLoss(z, labels, ALPHA);
    // What tidy is given back it searches for tensors, number by number.
    const forward = (f: typeof ours) => () =>
      tf.tidy(() => {
        f(logits).dataSync();
      });
    const both = (f: typeof ours) => () =>
      tf.tidy(() => {
        // The gradient stays where an optimizer takes it from: these backends compute at once.
        tf.valueAndGrad(f)(logits).value.dataSync();
      });
    const times = interleaved(
      {
        forward: forward(ours),
        composedForward: forward(composed),
        both: both(ours),
        composedBoth: both(composed),
      },
      backend === 'cpu' ? 3 : 11,
    );
    tf.dispose([logits, labels]);
    const [a, b] = [median(times.forward), median(times.composedForward)];
    const [c, d] = [median(times.both), median(times.composedBoth)];
    const ratio = (x: number, y: number) =>
      `${x.toFixed(1)} ms, composed ${y.toFixed(1)} ms: ${(y / x).toFixed(1)} ×`;
    console.log(`tfjs ${backend}, ${N}×${K}: loss ${ratio(a, b)}; with gradient ${ratio(c, d)}`);
    expect(b / a).toBeGreaterThan(LEAST[backend].forward);
    expect(d / c).toBeGreaterThan(LEAST[backend].both);
  });
}
