import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smoothedCrossEntropy } from '../../../../src/engine/trainer/smoothedCrossEntropy.ts';
import { NamingError } from '../../../../src/frameworks/namingErrors.ts';
import { computeLossInSteps, crossEntropyGradient } from '../../../../src/loss/batch/crossEntropy.ts';
import { LossError } from '../../../../src/loss/lossErrors.ts';
import { finish } from '../../../../src/loss/work.ts';
import { describeOp } from './backends.ts';
import { anyCall, inputOf, type OpCall, tensorsOf } from './inputs.ts';

/** The loss, and d(Σ upstream·loss)/d(logits). */
function differentiate(
  { loss, ...call }: OpCall,
  upstream: number,
): { value: Float32Array; grad: Float32Array } {
  return tf.tidy(() => {
    const { logits, labels } = tensorsOf({ loss, ...call });
    const value = smoothedCrossEntropy(logits, labels, loss);
    const f = (z: tf.Tensor) => tf.mul(smoothedCrossEntropy(z, labels, loss), upstream);
    return {
      value: value.dataSync<'float32'>().slice(),
      grad: tf.grad(f)(logits).dataSync<'float32'>().slice(),
    };
  });
}

function worstRelative(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const errors = Array.from(expected, (x, i) => Math.abs(found[i]! - x) / Math.max(Math.abs(x), 1e-6));
  return Math.max(...errors);
}

const EXAMPLE = { logits: [0, 0, 3.828641396489095, 0, 0], floor: 0.389673 };

describeOp('smoothedCrossEntropy', () => {
  it("gives float64's loss and gradient, whatever the call", () => {
    fc.assert(
      fc.property(anyCall, fc.constantFrom(1, 0.25, -2), (call, upstream) => {
        const input = inputOf(call);
        const { loss } = finish(computeLossInSteps(input));
        const { value, grad } = differentiate(call, upstream);
        const expected = typeof loss === 'number' ? [loss] : loss;
        if (!Number.isNaN(expected[0])) {
          expect(value).toHaveLength(expected.length);
          expect(worstRelative(value, expected)).toBeLessThan(1e-6);
        } else expect(value[0]).toBeNaN();
        const weight = Math.max(1, ...(call.loss.weight ?? []));
        const mass = call.labels instanceof Float32Array ? call.k : 1;
        const scale = Math.abs(upstream) * weight * mass;
        const wrong = crossEntropyGradient(input).findIndex(
          (g, i) => !(Math.abs(grad[i]! - upstream * g) <= 1e-6 * scale),
        );
        expect(wrong).toBe(-1);
      }),
      { numRuns: 150 },
    );
  });

  it('reaches the floor of the running example and no less', () => {
    const gradient = tf.tidy(() => {
      const logits = tf.tensor2d([EXAMPLE.logits]);
      const labels = tf.tensor1d([2], 'int32');
      const loss = (z: tf.Tensor) => smoothedCrossEntropy(z, labels, { labelSmoothing: 0.1 });
      expect(loss(logits).dataSync()[0]).toBeCloseTo(EXAMPLE.floor, 6);
      return tf.grad(loss)(logits).dataSync<'float32'>().slice();
    });
    for (const pull of gradient) expect(Math.abs(pull)).toBeLessThan(1e-7);
  });

  it('takes logits of any rank, and one-hot labels of int32', () => {
    tf.tidy(() => {
      const logits = tf.tensor([1, 2, 3, 4, 5, 7, 1, 1, 2, 0, 0, 9], [2, 2, 3]);
      const labels = tf.tensor2d([0, 1, 2, 2], [2, 2], 'int32');
      const loss = { labelSmoothing: 0.2, reduction: 'none' as const };
      const rows = smoothedCrossEntropy(logits, labels, loss);
      expect(rows.shape).toEqual([2, 2]);
      const oneHot = smoothedCrossEntropy(logits, tf.oneHot(labels as tf.Tensor2D, 3), loss);
      expect(worstRelative(oneHot.dataSync(), rows.dataSync())).toBeLessThan(1e-6);
      const one = smoothedCrossEntropy(tf.tensor1d([1, 2, 3]), tf.scalar(0, 'int32'), loss);
      expect([one.shape, one.dataSync()[0]]).toEqual([[], rows.dataSync()[0]]);
      const dy = tf.grad((z: tf.Tensor) => smoothedCrossEntropy(z, labels, loss))(logits);
      expect(dy.shape).toEqual([2, 2, 3]);
    });
  });

  it('is NaN and infinite where PyTorch is', () => {
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    const row = (logits: number[], alpha: number) =>
      tf.tidy(() => {
        const loss = (z: tf.Tensor) =>
          smoothedCrossEntropy(z, tf.tensor1d([1], 'int32'), { labelSmoothing: alpha });
        const z = tf.tensor2d([logits]);
        return [loss(z).dataSync()[0], ...tf.grad(loss)(z).dataSync()];
      });
    expect(row([0, nan, 1], 0.1)).toEqual([nan, nan, nan, nan]);
    expect(row([0, 1, inf], 0.1)[0]).toBeNaN();
    // A masked class is pulled by less than float32 can add to anything.
    for (const x of row([-inf, 0, -inf], 0)) expect(Math.abs(x!)).toBeLessThan(1e-37);
    expect(row([-inf, 0, 0], 0.1)[0]).toBe(inf);
    expect(row([-inf, -inf, -inf], 0.1)).toEqual([nan, nan, nan, nan]);
    for (const x of row([0, 3e38, -3e38], 0)) expect(Math.abs(x!)).toBeLessThan(1e-37);
  });

  it('gives a row with a NaN anywhere a gradient of nothing else, and leaves the others alone', () => {
    const classes = 203;
    tf.tidy(() => {
      const labels = tf.tensor1d([5, 5, 5], 'int32');
      const loss = (z: tf.Tensor) => smoothedCrossEntropy(z, labels, { labelSmoothing: 0.1 });
      const sound = Float32Array.from({ length: 3 * classes }, (_, i) => Math.sin(i));
      const gradient = (z: Float32Array) =>
        tf
          .grad(loss)(tf.tensor2d(z, [3, classes]))
          .dataSync();
      const expected = gradient(sound);
      for (const at of [0, 7, 150, classes - 1]) {
        const odd = sound.slice();
        odd[classes + at] = Number.NaN;
        const found = gradient(odd);
        expect(found.subarray(classes, 2 * classes).every(Number.isNaN)).toBe(true);
        for (const start of [0, 2 * classes])
          expect(found.subarray(start, start + classes)).toEqual(expected.subarray(start, start + classes));
      }
    });
  });

  it('has a mean of NaN and a gradient of 0 where every row is ignored', () => {
    tf.tidy(() => {
      const labels = tf.tensor1d([-100, -100], 'int32');
      const loss = (z: tf.Tensor) => smoothedCrossEntropy(z, labels, { labelSmoothing: 0.1 });
      const logits = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      expect(loss(logits).dataSync()[0]).toBeNaN();
      expect([...tf.grad(loss)(logits).dataSync()]).toEqual([0, 0, 0, 0]);
    });
  });

  it('is NaN, and has a gradient of NaN, where only classes count that weigh 0', () => {
    const logits = Float32Array.of(1, 2, 3, 0, 1, 5);
    const labels = Int32Array.of(0, -100);
    for (const labelSmoothing of [0, 0.1]) {
      const loss = { labelSmoothing, weight: Float64Array.of(0, 1, 2) };
      const { value, grad } = differentiate({ n: 2, k: 3, logits, labels, loss }, 1);
      expect(value[0]).toBeNaN();
      expect([...grad]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0, 0, 0]);
    }
  });

  it('ignores rows by an index beyond int32, and takes no class for it', () => {
    tf.tidy(() => {
      const logits = tf.tensor2d([
        [1, 2, 3],
        [0, 1, 5],
      ]);
      const loss = (ignoreIndex: number) => ({ labelSmoothing: 0.1, ignoreIndex });
      // A float32 that is the index exactly, and 0 in its lower 32 bits.
      const floats = tf.tensor1d([1, 2 ** 32], 'float32');
      const alone = smoothedCrossEntropy(logits.slice(0, 1), tf.tensor1d([1], 'int32'), loss(-100));
      const of = (z: tf.Tensor) => smoothedCrossEntropy(z, floats, loss(2 ** 32));
      expect(of(logits).dataSync()[0]).toBe(alone.dataSync()[0]);
      expect([...tf.grad(of)(logits).dataSync()].slice(3)).toEqual([0, 0, 0]);
      const ints = tf.tensor1d([1, 0], 'int32');
      const all = smoothedCrossEntropy(logits, ints, loss(-100)).dataSync()[0];
      expect(smoothedCrossEntropy(logits, ints, loss(2 ** 32)).dataSync()[0]).toBe(all);
    });
  });

  it('says which label is out of bounds, which shape is wrong and which α', () => {
    const logits = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const problem = (labels: tf.Tensor, alpha = 0.1) => {
      try {
        smoothedCrossEntropy(logits, labels, { labelSmoothing: alpha }).dispose();
      } catch (error) {
        if (error instanceof LossError || error instanceof NamingError) return error.problem;
        throw error;
      } finally {
        labels.dispose();
      }
      return undefined;
    };
    const before = tf.memory().numTensors;
    expect(problem(tf.tensor1d([0, 3], 'int32'))).toMatchObject({
      reason: 'out-of-bounds',
      row: 1,
      found: 3,
    });
    expect(problem(tf.tensor1d([0, 1.5]))).toMatchObject({ reason: 'fraction', row: 1 });
    expect(problem(tf.tensor1d([0, 1, 2], 'int32'))).toMatchObject({ reason: 'shape', found: [3] });
    expect(problem(tf.tensor1d([0, 1], 'int32'), 1.5)).toMatchObject({ reason: 'range' });
    expect(tf.memory().numTensors).toBe(before);
    expect(() => smoothedCrossEntropy(logits, tf.tensor1d(['a', 'b']))).toThrow(TypeError);
    logits.dispose();
  });

  it('refuses the gradient with respect to the labels, and a second one', () => {
    tf.tidy(() => {
      const logits = tf.tensor2d([[1, 2]]);
      const loss = (labels: tf.Tensor) => smoothedCrossEntropy(logits, labels);
      expect(() => tf.grad(loss)(tf.tensor2d([[0.5, 0.5]]))).toThrow('not its labels');
      const slope = tf.grad((z: tf.Tensor) => smoothedCrossEntropy(z, tf.tensor1d([0], 'int32')));
      expect(() => tf.grad((z: tf.Tensor) => slope(z))(logits)).toThrow('SmoothedCrossEntropyGrad');
    });
  });
});
