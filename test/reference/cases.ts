import { flatten, type NestedNumbers } from '../../src/answers/nestedNumbers.ts';
import { specOf } from '../../src/frameworks/specOf.ts';

import type { CrossEntropyInput } from '../../src/loss/batch/lossInput.ts';

/** JSON has no NaN: the reference files write those numbers as strings. */
export type Written = number | 'nan' | 'inf' | '-inf' | readonly Written[];

/** One call of `torch.nn.functional.cross_entropy`. */
export interface TorchInputs {
  readonly logits: Written;
  readonly targets: Written;
  readonly label_smoothing: number | string;
  readonly weight: Written | null;
  readonly ignore_index: number | null;
  readonly reduction: 'none' | 'mean' | 'sum';
}

export function numbers(written: Written): NestedNumbers {
  if (typeof written === 'number') return written;
  if (typeof written !== 'string') return written.map(numbers);
  return { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }[written];
}

/** The same call of ours. Targets of the logits' shape are probabilities, else indices. */
export function inputOf(inputs: TorchInputs): CrossEntropyInput {
  const logits = flatten(numbers(inputs.logits));
  const targets = flatten(numbers(inputs.targets));
  const weight = inputs.weight === null ? null : flatten(numbers(inputs.weight)).data;
  return {
    logits,
    targets,
    ...specOf({
      labelSmoothing: Number(numbers(inputs.label_smoothing as Written)),
      weight,
      ignoreIndex: inputs.ignore_index ?? -100,
      reduction: inputs.reduction,
    }),
  };
}

/** The largest difference of two lists of numbers, relative where they are above 1; ∞ where one isn't finite and the other differs. */
export function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i]!, expected[i]!];
    if (Object.is(a, b) || a === b) continue;
    const error = Math.abs(a - b) / Math.max(1, Math.abs(b));
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return worst;
}
