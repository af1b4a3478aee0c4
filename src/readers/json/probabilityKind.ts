import { layoutOf, offsetOf } from '../../loss/rows/rowLayout.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { ValueKind } from '../logitsBatch.ts';

/** However few decimals there are, a sum further off than this is not 1. */
const MOST_SLACK = 0.02;

/**
 * What the numbers look like: rows in 0…1 that sum to 1 are probabilities, rows ≤ 0 whose exponentials do are
 * log-probabilities, all else is logits. The first row that doesn't fit decides.
 */
export function* kindOfValues(
  values: ArrayLike<number>,
  shape: readonly number[],
  classAxis: number,
  decimals: number,
): Work<ValueKind> {
  const layout = layoutOf(shape, classAxis);
  const { rows, classes, inner } = layout;
  // Each number is off by half of its last decimal at most; float32 by a little more.
  const slack = Math.min(MOST_SLACK, (classes * 0.5) / 10 ** decimals) + 1e-5;
  let [probabilities, logarithms] = [true, true];
  for (let row = 0; row < rows && (probabilities || logarithms); row++) {
    if ((row * classes) % SLICE < classes) yield row / rows;
    const start = offsetOf(layout, row);
    let [sum, exponentials] = [0, 0];
    for (let k = 0, i = start; k < classes; k++, i += inner) {
      const value = values[i]!;
      if (!(value >= 0 && value <= 1)) probabilities = false;
      if (!(value <= 0)) logarithms = false;
      sum += value;
      if (logarithms) exponentials += Math.exp(value);
      else if (!probabilities) break;
    }
    if (!(Math.abs(sum - 1) <= slack)) probabilities = false;
    if (!(Math.abs(exponentials - 1) <= slack)) logarithms = false;
  }
  return probabilities ? 'probabilities' : logarithms ? 'log-probabilities' : 'logits';
}
