import fc from 'fast-check';
import { computeLossInSteps } from '../../../src/loss/batch/crossEntropy.ts';
import type { CrossEntropyInput, CrossEntropyResult } from '../../../src/loss/batch/lossInput.ts';
import { CONVENTION_NAMES } from '../../../src/loss/conventions/conventions.ts';
import { DEFAULT_SPEC, type LossSpec } from '../../../src/loss/lossSpec.ts';
import { finish } from '../../../src/loss/work.ts';

const list = (of: fc.Arbitrary<number>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length });
const constants = {
  denominator: fc.constantFrom('weight' as const, 'counted' as const, 'rows' as const),
  form: fc.constant('ce' as const),
  focal: fc.constant(null),
  classAxis: fc.constant(1),
};
const logit = fc.double({ min: -12, max: 12, noNaN: true });

/** Those that need no padding class. */
export const UNPADDED = CONVENTION_NAMES.filter((name) => name !== 'PAD_EXCLUDED');

/** Calls with finite logits, in every convention: (N, K) and (N, K, d), hard and soft targets, weights, ignored rows. */
export const anyInput: fc.Arbitrary<CrossEntropyInput> = fc
  .record({
    n: fc.integer({ min: 1, max: 5 }),
    k: fc.integer({ min: 2, max: 6 }),
    d: fc.integer({ min: 1, max: 3 }),
    soft: fc.boolean(),
  })
  .chain(({ n, k, d, soft }) => {
    const shape = d > 1 ? [n, k, d] : [n, k];
    const indices = list(fc.oneof(fc.integer({ min: 0, max: k - 1 }), fc.constant(-100)), n * d).map(
      (values) => ({
        data: Int32Array.from(values),
        shape: d > 1 ? [n, d] : [n],
      }),
    );
    const probabilities = list(fc.double({ min: 0, max: 1, noNaN: true }), n * k * d).map((values) => ({
      data: Float64Array.from(values),
      shape,
    }));
    return fc.record({
      ...constants,
      convention: fc.constantFrom(...UNPADDED),
      logits: list(logit, n * k * d).map((values) => ({ data: Float64Array.from(values), shape })),
      targets: soft ? probabilities : indices,
      labelSmoothing: fc.double({ min: 0, max: 0.5, noNaN: true }),
      weight: fc.option(
        list(fc.double({ min: 0.1, max: 4, noNaN: true }), k).map((values) => Float64Array.from(values)),
      ),
      ignoreIndex: fc.constant(-100),
      reduction: fc.constantFrom('mean' as const, 'sum' as const),
    });
  });

/** The loss of a call that says what differs from PyTorch's defaults. */
export function compute(
  input: Partial<LossSpec> & Pick<CrossEntropyInput, 'logits' | 'targets' | 'withTargets'>,
): CrossEntropyResult {
  return finish(computeLossInSteps({ ...DEFAULT_SPEC, ...input }));
}
