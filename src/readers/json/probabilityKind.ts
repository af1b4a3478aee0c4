import { layoutOf, offsetOf } from '../../loss/rows/rowLayout.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { ValueKind } from '../logitsBatch.ts';

/** However few decimals there are, a sum further off than this is not 1. */
const MOST_SLACK = 0.02;

/**
 * What the numbers look like: rows in 0…1 that sum to 1 are probabilities, in 0…100 to 100 percent, rows ≤ 0 whose exponentials sum
 * to 1 are log-probabilities, all else is logits. The first row that doesn't fit decides.
 */
export function* kindOfValues(
  values: ArrayLike<number>,
  shape: readonly number[],
  classAxis: number,
  decimals: number,
): Work<ValueKind | 'percent'> {
  const layout = layoutOf(shape, classAxis);
  const { rows, classes, inner } = layout;
  // Each number is off by half of its last decimal at most; float32 by a little more.
  const slack = Math.min(MOST_SLACK, (classes * 0.5) / 10 ** decimals) + 1e-5;
  const percentSlack = Math.min(100 * MOST_SLACK, (classes * 0.5) / 10 ** decimals) + 1e-3;
  let [probabilities, percent, logarithms] = [true, true, true];
  for (let row = 0; row < rows && (probabilities || percent || logarithms); row++) {
    if ((row * classes) % SLICE < classes) yield row / rows;
    const start = offsetOf(layout, row);
    let [sum, exponentials] = [0, 0];
    for (let k = 0, i = start; k < classes; k++, i += inner) {
      const value = values[i]!;
      if (!(value >= 0 && value <= 1)) probabilities = false;
      if (!(value >= 0 && value <= 100)) percent = false;
      if (!(value <= 0)) logarithms = false;
      sum += value;
      if (logarithms) exponentials += Math.exp(value);
      else if (!probabilities && !percent) break;
    }
    if (!(Math.abs(sum - 1) <= slack)) probabilities = false;
    if (!(Math.abs(sum - 100) <= percentSlack)) percent = false;
    if (!(Math.abs(exponentials - 1) <= slack)) logarithms = false;
  }
  if (probabilities) return 'probabilities';
  return percent ? 'percent' : logarithms ? 'log-probabilities' : 'logits';
}
