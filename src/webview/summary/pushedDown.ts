import { isIgnored } from '../../loss/batch/accuracy.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { optimalProbabilities } from '../../loss/theory/weightedTargets.ts';
import { exactly, type RowCount } from './certainty.ts';
import type { Measured } from './measuredRows.ts';

/**
 * How many rows are more certain of their target than the loss is lowest at, so that its logit is pushed down. Undefined for
 * soft targets, each of which has an optimum of its own, and where sums would have to be by class.
 */
export function pushedDown(
  { stats, sums, weight, certainties }: Measured,
  smoothing: Smoothing,
): RowCount | undefined {
  if (stats.targets === 'soft') return undefined;
  const best = optimalProbabilities(smoothing, weight);
  if (!weight) return certainties.above(best[smoothing.padding === 0 ? 1 : 0]!);
  if (sums) return undefined;
  let rows = 0;
  for (let row = 0; row < stats.rows; row++)
    if (!isIgnored(stats, row) && stats.pTarget[row]! > best[stats.target[row]!]!) rows++;
  return exactly(rows);
}
