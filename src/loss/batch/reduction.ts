import type { Smoothing } from '../conventions/smoothing.ts';
import type { Reduction } from '../lossSpec.ts';
import { sumOf } from '../rows/pairwiseSum.ts';
import type { RowStats } from '../rows/rowStats.ts';
import { isIgnored } from './accuracy.ts';

/**
 * (1 − α)·hard + α·uniform in nats, where infinite terms do as in PyTorch. A −∞ logit makes the uniform term infinite:
 * that doesn't matter at α = 0, and with soft targets it's all that matters once α > 0, as PyTorch smooths the target
 * before it multiplies. With indices it multiplies each term on its own, and 0·∞ at α = 1 is NaN.
 * Here and below α is the evenly shared part of the target, `Smoothing.uniform`.
 */
export function mix(hard: number, uniform: number, alpha: number, targets: RowStats['targets']): number {
  if (alpha === 0) return hard;
  if (targets === 'soft' && uniform === Number.POSITIVE_INFINITY) return uniform;
  return (1 - alpha) * hard + alpha * uniform;
}

/** The loss of one row at α, in nats. */
export function rowLoss(stats: RowStats, row: number, alpha: number): number {
  return mix(stats.hard[row]!, stats.uniform[row]!, alpha, stats.targets);
}

/** Sums over all rows, once; after that any α and reduction is a few multiplications. */
export interface LossTotals {
  readonly targets: RowStats['targets'];
  readonly hard: number;
  readonly uniform: number;
  /** The denominator of the mean. */
  readonly share: number;
  /** How many rows aren't ignored. */
  readonly counted: number;
  /** How many of those have each class as their target: (K). */
  readonly perClass: Float64Array;
}

/** The sums of a batch's rows, in nats and float64, that its loss at any α is computed from. Ignored rows add nothing. */
export function lossTotals(stats: RowStats): LossTotals {
  const perClass = new Float64Array(stats.classes);
  const { rows, target } = stats;
  let ignored = 0;
  for (let row = 0; row < rows; row++) {
    if (isIgnored(stats, row)) ignored++;
    else perClass[target[row]!]!++;
  }
  return {
    targets: stats.targets,
    hard: sumOf(stats.hard),
    uniform: sumOf(stats.uniform),
    share: stats.share,
    counted: rows - ignored,
    perClass,
  };
}

/** The largest float32. */
export const MOST_FLOAT32 = 2 ** 128 - 2 ** 104;

/** True if PyTorch's sums overflow in float32, though not in float64, so that a softmax loss isn't finite: it adds up all rows, and all classes, first. */
export function overflowsFloat32(
  { hard, uniform }: Pick<LossTotals, 'hard' | 'uniform'>,
  { activation, uniform: u, among }: Smoothing,
): boolean {
  const most = Math.max(Math.abs(hard), u === 0 ? 0 : Math.abs(uniform * among));
  return activation === 'softmax' && most > MOST_FLOAT32 && most < Number.POSITIVE_INFINITY;
}

/**
 * A sum over rows, reduced: as it is, or over the denominator of the mean. NaN where that is 0, whatever the sum is: no row counts,
 * or only classes that weigh 0. PyTorch divides the hard term on its own, and there it's 0/0.
 */
export function reduced(
  sum: number,
  { share }: Pick<LossTotals, 'share'>,
  reduction: Exclude<Reduction, 'none'>,
): number {
  if (reduction === 'sum') return sum;
  return share === 0 ? Number.NaN : sum / share;
}

/** The reduced loss at α, in nats. */
export function reducedLoss(
  totals: LossTotals,
  alpha: number,
  reduction: Exclude<Reduction, 'none'>,
): number {
  return reduced(mix(totals.hard, totals.uniform, alpha, totals.targets), totals, reduction);
}
