import type { LossTotals } from '../batch/reduction.ts';
import type { BatchSums } from './batchSums.ts';
import { nllAt } from './fitToSums.ts';

/** Totals that were interpolated. */
export interface TemperedTotals {
  readonly totals: LossTotals;
  /** How far both sums may be off, in nats. */
  readonly within: number;
}

/**
 * The totals of the rows' logits divided by T, from `totals` at T = 1, whatever smoothing they're for; undefined beyond the grid. Only
 * without class weights: an NLL by class is known at T = 1 alone.
 *
 * With hard = lse(z/T) − z[t]/T and uniform = lse(z/T) − mean(z)/T, uniform − hard is what it is at T = 1, divided by T. So one number
 * is interpolated, the NLL.
 */
export function totalsAt(
  sums: BatchSums,
  totals: LossTotals,
  temperature: number,
): TemperedTotals | undefined {
  const nll = nllAt(sums, temperature);
  if (!nll) return undefined;
  const hard = Number.isNaN(totals.hard) ? Number.NaN : nll.value * totals.counted;
  return {
    totals: { ...totals, hard, uniform: hard + (totals.uniform - totals.hard) / temperature },
    within: nll.within * totals.counted,
  };
}
