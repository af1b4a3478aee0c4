import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import { tQuantile } from './studentT.ts';

/** What is known of the mean of differences. All in their unit. */
export interface PairedInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** How often an interval made like this has the true mean in it, 0…1. */
  readonly level: number;
  /** Degrees of freedom: pairs − 1. */
  readonly df: number;
}

/**
 * Student's t interval of the mean difference. `step` is the smallest difference that can be measured, as one row of accuracy: what is
 * measured in steps is no surer than rounding leaves it, a variance of step²/6 (two roundings of step²/12). NaN without pairs or with
 * a difference that's no number; infinitely wide with one pair.
 */
export function pairedInterval(differences: readonly number[], level: number, step = 0): PairedInterval {
  const count = differences.length;
  const mean = sumOf(differences) / count;
  const squares = sumOf(differences.map((d) => (d - mean) ** 2));
  const variance = Math.max(squares / (count - 1), step ** 2 / 6);
  const half =
    count > 1 ? tQuantile(level, count - 1) * Math.sqrt(variance / count) : Number.POSITIVE_INFINITY;
  return { mean, low: mean - half, high: mean + half, level, df: count - 1 };
}
