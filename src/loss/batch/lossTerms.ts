import { type Smoothing, smoothingOf } from '../conventions/smoothing.ts';
import type { LossSpec } from '../lossSpec.ts';
import type { RowStats } from '../rows/rowStats.ts';
import { subtracted } from '../theory/lossForms.ts';
import { isIgnored } from './accuracy.ts';
import { rowLoss } from './reduction.ts';

/** What of a spec makes the loss of rows that are measured already. */
export interface LossTerms {
  readonly smoothing: Smoothing;
  /** (K), or null for all 1. */
  readonly weight: Float64Array | null;
  /** What the form of the loss takes off each row that counts, in nats. */
  readonly constant: number;
}

/** Soft targets have one form only: what another would take off is an entropy of each row's own. */
export function lossTermsOf(
  spec: Pick<LossSpec, 'convention' | 'labelSmoothing' | 'weight' | 'ignoreIndex' | 'form'>,
  { classes, targets }: Pick<RowStats, 'classes' | 'targets'>,
): LossTerms {
  const smoothing = smoothingOf(spec, classes);
  const constant = targets === 'soft' ? 0 : subtracted(spec.form, smoothing);
  return { smoothing, weight: spec.weight, constant };
}

/** The loss of one row, in nats; 0 where it's ignored. */
export function lossOfRow(
  stats: RowStats,
  row: number,
  { smoothing, constant }: Pick<LossTerms, 'smoothing' | 'constant'>,
): number {
  return isIgnored(stats, row) ? 0 : rowLoss(stats, row, smoothing.uniform) - constant;
}

/** The loss of every row: (rows) nats. */
export function lossOfRows(stats: RowStats, terms: Pick<LossTerms, 'smoothing' | 'constant'>): Float64Array {
  const losses = new Float64Array(stats.rows);
  for (let row = 0; row < losses.length; row++) losses[row] = lossOfRow(stats, row, terms);
  return losses;
}
