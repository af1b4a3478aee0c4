import type { Convention } from '../conventions/conventions.ts';
import { softplus } from './probabilityCosts.ts';

/**
 * ln softmax of a row is (z − max) − ln Σ exp(z − max): with the largest logit taken off first nothing overflows, and the
 * difference of large logits loses no digits. As PyTorch: NaN if a logit is NaN or +∞, and for a row of nothing but −∞.
 * Here and below class k of a row is at `start + k·stride`.
 */
export function logSoftmax(row: Float64Array): Float64Array {
  const max = largest(row, 0, row.length, 1);
  const logSum = logSumFrom(max, row, 0, row.length, 1);
  return row.map((logit) => logit - max - logSum);
}

/** softmax of one row: (K) → (K). */
export function softmax(row: Float64Array): Float64Array {
  return logSoftmax(row).map(Math.exp);
}

/** What a row of logits predicts: (K) → (K). Of sigmoids each class on its own, without overflow. */
export function probabilities(row: Float64Array, activation: Convention['activation']): Float64Array {
  return activation === 'softmax' ? softmax(row) : row.map((z) => Math.exp(-softplus(-z)));
}

/** The largest logit of a row. NaN is passed over: it comes out in the sum. */
export function largest(values: ArrayLike<number>, start: number, classes: number, stride: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0, i = start; k < classes; k++, i += stride) if (values[i]! > max) max = values[i]!;
  return max;
}

/** ln Σ exp(z − max) over a row. */
export function logSumFrom(
  max: number,
  values: ArrayLike<number>,
  start: number,
  classes: number,
  stride: number,
): number {
  let sum = 0;
  for (let k = 0, i = start; k < classes; k++, i += stride) sum += Math.exp(values[i]! - max);
  return Math.log(sum);
}
