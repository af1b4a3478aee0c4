import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { smoothedCrossEntropy } from '../../../../src/engine/trainer/smoothedCrossEntropy.ts';
import { describeOp, KERNELS } from './backends.ts';
import { composedLoss } from './composed.ts';

const ALPHA = 0.1;
const [N, D, K] = [64, 12, 37] as const;

function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!);
}

/** Rows of features, each of a class that its features tell. */
function samples(): { readonly x: tf.Tensor2D; readonly labels: tf.Tensor1D } {
  const labels = tf.tensor1d(
    Array.from({ length: N }, (_, i) => (7 * i) % K),
    'int32',
  );
  const centres = tf.randomNormal([K, D], 0, 1, 'float32', 3);
  const x = tf.add(tf.gather(centres, labels), tf.randomNormal([N, D], 0, 0.1, 'float32', 5));
  return { x: x as tf.Tensor2D, labels };
}

/** The loss before each of `steps` steps of SGD on a linear classifier. Disposes of all it makes. */
function train(lossOf: (logits: tf.Tensor, labels: tf.Tensor) => tf.Tensor, steps: number): number[] {
  const optimizer = tf.train.sgd(0.5);
  const { weights, x, labels } = tf.tidy(() => ({ weights: tf.variable(tf.zeros([D, K])), ...samples() }));
  const losses = Array.from({ length: steps }, () => {
    const cost = optimizer.minimize(
      () => lossOf(tf.matMul(x, weights as tf.Tensor2D), labels) as tf.Scalar,
      true,
    )!;
    const [loss] = cost.dataSync();
    cost.dispose();
    return loss!;
  });
  tf.dispose([weights, x, labels]);
  optimizer.dispose();
  return losses;
}

const ours = (logits: tf.Tensor, labels: tf.Tensor) =>
  smoothedCrossEntropy(logits, labels, { labelSmoothing: ALPHA });
const composed = (logits: tf.Tensor, labels: tf.Tensor) => composedLoss(logits, labels, ALPHA);

describeOp('training', () => {
  it('has the gradient of composed operations', () => {
    tf.tidy(() => {
      const logits = tf.randomNormal([33, 101], 0, 3, 'float32', 1);
      const labels = tf.cast(tf.randomUniform([33], 0, 101, 'float32', 2), 'int32');
      const found = tf.grad((z) => ours(z, labels))(logits);
      const expected = tf.grad((z) => composed(z, labels))(logits);
      expect(largestDifference(found, expected)).toBeLessThan(1e-7);
      expect(tf.max(tf.abs(found)).dataSync()[0]).toBeGreaterThan(1e-3);
    });
  });

  it('goes through what comes before and after the loss', () => {
    tf.tidy(() => {
      const x = tf.randomNormal([9, 6], 0, 1, 'float32', 4);
      const labels = tf.tensor1d([0, 1, 2, 3, 4, 5, 0, 1, 2], 'int32');
      const scaled = (lossOf: typeof ours) => (z: tf.Tensor) =>
        tf.mul(tf.square(lossOf(tf.mul(tf.tanh(z), 3), labels)), 0.5);
      expect(largestDifference(tf.grad(scaled(ours))(x), tf.grad(scaled(composed))(x))).toBeLessThan(1e-6);
    });
  });

  it('learns as composed operations do, step by step', () => {
    const losses = train(ours, 20);
    const expected = train(composed, 20);
    expect(losses[0]).toBeCloseTo(Math.log(K), 5);
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]!);
    for (const [step, loss] of losses.entries()) expect(loss).toBeCloseTo(expected[step]!, 4);
  });

  it('leaves no tensor and no kernel memory behind', () => {
    const held = () => [
      tf.memory().numTensors,
      tf.memory().numDataBuffers,
      ...KERNELS.map(({ memory }) => memory.used),
    ];
    const logits = tf.randomNormal([50, 40]);
    const labels = tf.fill([50], 3, 'int32');
    const start = held();
    for (let i = 0; i < 3; i++) {
      const loss = ours(logits, labels);
      expect(tf.memory().numTensors).toBe(start[0]! + 1);
      loss.dispose();
      expect(held()).toEqual(start);
      const gradient = tf.grad((z) => ours(z, labels))(logits);
      expect(tf.memory().numTensors).toBe(start[0]! + 1);
      gradient.dispose();
      expect(held()).toEqual(start);
      const { value, grad } = tf.valueAndGrad((z) => ours(z, labels))(logits);
      tf.dispose([value, grad]);
      expect(() => tf.tidy(() => ours(logits, tf.fill([49], 0)))).toThrow();
      expect(() => tf.grad((z) => ours(z, tf.tensor1d([1], 'int32')))(logits)).toThrow();
      expect(held()).toEqual(start);
    }
    train(ours, 3);
    expect(held()).toEqual(start);
    tf.dispose([logits, labels]);
    expect(tf.memory().numTensors).toBe(start[0]! - 2);
  });
});
