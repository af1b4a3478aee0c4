import { isIgnored } from '../../loss/batch/accuracy.ts';
import { firstIndex } from '../../loss/binarySearch.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { Floats } from '../../loss/rows/rowLayout.ts';
import { optimalProbabilities } from '../../loss/theory/weightedTargets.ts';
import type { Measured } from './measuredRows.ts';

/** How many of the ascending `certainties` are above p. */
export function countAbove(certainties: Floats, p: number): number {
  return certainties.length - firstIndex(certainties.length, (index) => certainties[index]! > p);
}

/**
 * How many rows are more certain of their target than the loss is lowest at, so that its logit is pushed down. Undefined for
 * soft targets, each of which has an optimum of its own.
 */
export function pushedDown(
  { stats, weight, certainties }: Measured,
  smoothing: Smoothing,
): number | undefined {
  if (stats.targets === 'soft') return undefined;
  const best = optimalProbabilities(smoothing, weight);
  if (!weight) return countAbove(certainties, best[smoothing.padding === 0 ? 1 : 0]!);
  let count = 0;
  for (let row = 0; row < stats.rows; row++)
    if (!isIgnored(stats, row) && stats.pTarget[row]! > best[stats.target[row]!]!) count++;
  return count;
}
