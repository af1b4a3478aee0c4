import { accuracy, isIgnored } from '../../loss/batch/accuracy.ts';
import { type LossTerms, lossOfRow } from '../../loss/batch/lossTerms.ts';
import { type LossTotals, lossTotals, reduced } from '../../loss/batch/reduction.ts';
import { smoothingOf } from '../../loss/conventions/smoothing.ts';
import type { RowStats } from '../../loss/rows/rowStats.ts';
import {
  accuracyOfSums,
  type BatchSums,
  CELLS,
  type SummedWith,
  totalsOfSums,
} from '../../loss/sums/batchSums.ts';
import { massSum } from '../../loss/theory/floors.ts';
import { roundingError } from '../../loss/theory/roundingError.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { type Certainties, certaintiesOf, certaintiesOfSums } from './certainty.ts';

export const HISTOGRAM_BINS = 40;

/** What's measured once for a snapshot, so that a move of α has little left to do. */
export interface Measured {
  /** Of all rows; of those of the sample where there are sums. */
  readonly stats: RowStats;
  /** What there is of all rows instead of statistics. */
  readonly sums: BatchSums | null;
  readonly weight: Float64Array | null;
  readonly totals: LossTotals;
  readonly accuracy: number;
  readonly ignored: number;
  readonly certainties: Certainties;
  /** How many rows have which p(target), in bins of equal width. */
  readonly histogram: Float64Array;
}

export function measureSnapshot(
  snapshot: Pick<PanelSnapshot, 'stats' | 'sums' | 'convention' | 'weight' | 'ignoreIndex'>,
): Measured {
  const { stats, sums } = snapshot;
  return sums ? measuredSums(stats, sums, snapshot) : measure(snapshot);
}

export function measure({ stats, weight }: Pick<PanelSnapshot, 'stats' | 'weight'>): Measured {
  const totals = lossTotals(stats);
  const ascending = stats.pTarget.filter((p) => !Number.isNaN(p)).sort();
  const histogram = new Float64Array(HISTOGRAM_BINS);
  for (const p of ascending) histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor(p * HISTOGRAM_BINS))]!++;
  const ignored = stats.rows - totals.counted;
  const certainties = certaintiesOf(ascending);
  return { stats, sums: null, weight, totals, accuracy: accuracy(stats), ignored, certainties, histogram };
}

/** So many bins are made up of whole cells. */
const BINS_OF_CELLS = 32;

function measuredSums(stats: RowStats, sums: BatchSums, spec: SummedWith): Measured {
  const totals = totalsOfSums(sums, spec);
  const histogram = new Float64Array(BINS_OF_CELLS);
  const size = CELLS / BINS_OF_CELLS;
  for (const [cell, rows] of sums.cells.target.entries()) histogram[Math.floor(cell / size)]! += rows;
  return {
    stats,
    sums,
    weight: spec.weight,
    totals,
    accuracy: accuracyOfSums(sums),
    ignored: sums.rows - totals.counted,
    certainties: certaintiesOfSums(sums),
    histogram,
  };
}

/**
 * How far the loss may be from that of the logits before they were rounded to be printed, in nats; NaN where nothing bounds it: small
 * probabilities lose all their digits.
 */
export function printedError(
  { stats, totals, weight }: Measured,
  { kind, rounding }: Pick<PanelSnapshot['summary'], 'kind' | 'rounding'>,
  spec: PanelSpec,
): number {
  if (kind === 'probabilities') return Number.NaN;
  const mass = massSum(totals, smoothingOf(spec, stats.classes), weight);
  const overall = spec.reduction === 'none' ? 'mean' : spec.reduction;
  return roundingError(rounding / spec.temperature, reduced(mass, totals, overall));
}

/** The lowest and highest loss of a row that counts; undefined if none does, or sums don't say. */
export function lossRange(
  { stats, sums }: Measured,
  terms: LossTerms,
): readonly [number, number] | undefined {
  if (sums) return undefined;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < stats.rows; row++) {
    if (isIgnored(stats, row)) continue;
    const loss = lossOfRow(stats, row, terms);
    if (loss < low) low = loss;
    if (loss > high) high = loss;
  }
  return high >= low ? [low, high] : undefined;
}

/** The first row that makes the loss what it is, if that is NaN or infinite; −1 if no row does. */
export function culprit({ stats }: Measured, terms: LossTerms, loss: number): number {
  for (let row = 0; row < stats.rows; row++) if (Object.is(lossOfRow(stats, row, terms), loss)) return row;
  return -1;
}
