import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { type NamedLoss, specOf } from '../../../../src/frameworks/specOf.ts';

import type { CrossEntropyInput } from '../../../../src/loss/batch/lossInput.ts';

/** A loss of tensors, and the same for the float64 functions. */
export interface OpCall {
  readonly logits: Float32Array;
  readonly labels: Int32Array | Float32Array;
  readonly n: number;
  readonly k: number;
  readonly loss: NamedLoss;
}

const list = (of: fc.Arbitrary<number>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length });

/** Of few rows and many, of few classes and many, every convention, with and without weights, ignored rows, soft labels. */
export const anyCall: fc.Arbitrary<OpCall> = fc
  .record({
    n: fc.integer({ min: 1, max: 9 }),
    k: fc.oneof(
      fc.integer({ min: 2, max: 20 }),
      fc.constantFrom(47, 48, 49, 64, 127, 130, 255, 256, 257, 1000),
    ),
    kind: fc.constantFrom('indices' as const, 'soft' as const),
    convention: fc.constantFrom(
      'UNIFORM_K',
      'UNIFORM_OTHERS',
      'ADDITIVE_RENORM',
      'PAD_EXCLUDED',
      'BINARY_HALF',
      'BINARY_UNIFORM_K',
    ),
    spread: fc.constantFrom(1, 5, 100),
  })
  .chain(({ n, k, kind, convention, spread }) => {
    const soft = kind === 'soft' && convention !== 'PAD_EXCLUDED';
    const ignoreIndex = convention === 'PAD_EXCLUDED' ? 0 : -100;
    const label = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: k - 1 }) },
      { weight: 1, arbitrary: fc.constant(ignoreIndex) },
    );
    const float = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    return fc.record({
      n: fc.constant(n),
      k: fc.constant(k),
      logits: list(float(-spread, spread), n * k).map((values) => Float32Array.from(values)),
      labels: soft
        ? list(float(0, 1), n * k).map((values) => Float32Array.from(values))
        : list(label, n).map((values) => Int32Array.from(values)),
      loss: fc.record({
        convention: fc.constant(convention),
        // A convention that shares with the others has no meaning once the true class has nothing left.
        labelSmoothing: fc.oneof(fc.constant(0), fc.constant(0.1), float(0, 0.45)),
        weight: fc.option(
          list(float(0.1, 4), k).map((values) => Float64Array.from(values, Math.fround)),
          { nil: null },
        ),
        ignoreIndex: fc.constant(ignoreIndex),
        reduction: fc.constantFrom('mean' as const, 'sum' as const, 'none' as const),
      }),
    });
  });

export function isSoft({ labels }: OpCall): boolean {
  return labels instanceof Float32Array;
}

export function tensorsOf(call: OpCall): { readonly logits: tf.Tensor; readonly labels: tf.Tensor } {
  const { logits, labels, n, k } = call;
  return {
    logits: tf.tensor(logits.slice(), [n, k]),
    labels: tf.tensor(labels.slice(), isSoft(call) ? [n, k] : [n], isSoft(call) ? 'float32' : 'int32'),
  };
}

export function inputOf(call: OpCall): CrossEntropyInput {
  const { logits, labels, n, k, loss } = call;
  return {
    ...specOf(loss),
    logits: { data: logits, shape: [n, k] },
    targets: { data: labels, shape: isSoft(call) ? [n, k] : [n] },
  };
}
