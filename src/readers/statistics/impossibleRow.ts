import type { RowStatistics } from '../../loss/rows/rowStatistics.ts';
import { SLICE, type Work } from '../../loss/work.ts';

/** A number that no logits have there. */
export interface ImpossibleRow {
  readonly row: number;
  /** Which statistic, as the source calls it. */
  readonly name: string;
}

/** What sums in float32 may be off: of a difference of a few nats, and of numbers that are large themselves. */
const SLACK = 1e-4;
const RELATIVE_SLACK = 4e-6;

/**
 * The first row that can't be what K logits come to; undefined if all can. For any z: max ≤ lse ≤ max + ln K, mean + ln K ≤ lse (Jensen),
 * z[target] ≤ max, and (max p)² ≤ Σ p² ≤ max p. Of a row whose softmax isn't a number, nothing else is known.
 */
export function* impossibleRow(
  statistics: RowStatistics,
  classes: number,
  target: Int32Array | null,
  weight: Float64Array | null,
): Work<ImpossibleRow | undefined> {
  const { lse, mean, max, argmax, pSquared, zTarget, weightedMean } = statistics;
  const logK = Math.log(classes);
  const massShare = weight ? weight.reduce((sum, w) => sum + w, 0) / classes : 1;
  for (let row = 0; row < lse.length; row++) {
    if (row % SLICE === 0) yield row / lse.length;
    const wrong = (name: string): ImpossibleRow => ({ row, name });
    const k = argmax[row]!;
    if (k < 0 || k >= classes) return wrong('argmax');
    const [sum, top, average] = [lse[row]!, max[row]!, mean[row]!];
    if (!Number.isFinite(sum)) continue;
    if (!Number.isFinite(top)) return wrong('max');
    const slack =
      SLACK + RELATIVE_SLACK * Math.max(Math.abs(top), Number.isFinite(average) ? Math.abs(average) : 0);
    const within = (value: number, low: number, high: number) =>
      value >= low - slack && value <= high + slack;
    if (!within(sum, top, top + logK)) return wrong('lse');
    if (!within(average, Number.NEGATIVE_INFINITY, sum - logK)) return wrong('mean');
    const p = Math.exp(top - sum);
    if (!within(pSquared[row]!, p * p, p)) return wrong('p_squared');
    const most = top * massShare + slack * (1 + massShare);
    if (weightedMean && !(weightedMean[row]! <= most)) return wrong('weighted_mean');
    const wanted = target?.[row] ?? -1;
    if (!zTarget || wanted < 0 || wanted >= classes) continue;
    const z = zTarget[row]!;
    if (!within(z, wanted === k ? top : Number.NEGATIVE_INFINITY, top)) return wrong('z_target');
  }
  return undefined;
}
