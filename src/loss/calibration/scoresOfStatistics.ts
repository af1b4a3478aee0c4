import { Sum } from '../rows/pairwiseSum.ts';
import type { RowStatistics } from '../rows/rowStatistics.ts';
import { ignoredTarget } from '../rows/targets.ts';

/** How confident rows are, and how good, at T = 1. */
interface StatisticsScores {
  /** (rows) max p; NaN where a row counts nothing. */
  readonly confidence: Float64Array;
  /** Sums over the rows that count: NLL in nats, and Brier score Σ (p − t)² = Σ p² − 2·p[target] + 1. */
  readonly nll: number;
  readonly brier: number;
  readonly counted: number;
}

/** What row statistics know of calibration. `target`: (rows), the classes that `zTarget` is of. */
export function scoresOfStatistics(
  { lse, max, zTarget, pSquared }: RowStatistics,
  target: Int32Array,
  ignoreIndex: number | null,
): StatisticsScores {
  const confidence = new Float64Array(lse.length).fill(Number.NaN);
  const [nlls, briers] = [new Sum(), new Sum()];
  const ignored = ignoredTarget(ignoreIndex);
  let counted = 0;
  for (let row = 0; row < lse.length; row++) {
    if (target[row] === ignored) continue;
    counted++;
    const sum = Number.isFinite(lse[row]!) ? lse[row]! : Number.NaN;
    confidence[row] = Math.exp(max[row]! - sum);
    const nll = sum - (zTarget ?? max)[row]!;
    nlls.add(nll);
    briers.add(pSquared[row]! - 2 * Math.exp(-nll) + 1);
  }
  return { confidence, nll: nlls.value, brier: briers.value, counted };
}
