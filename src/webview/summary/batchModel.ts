import { accuracy, isIgnored } from '../../loss/batch/accuracy.ts';
import { type LossTotals, lossTotals, reduced, reducedLoss, rowLoss } from '../../loss/batch/reduction.ts';
import { type Smoothing, smoothingOf } from '../../loss/conventions/smoothing.ts';
import type { Reduction } from '../../loss/lossSpec.ts';
import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { RowStats } from '../../loss/rows/rowStats.ts';
import { classFloors, floorSum, guessSum, massSum, optimalProbabilities } from '../../loss/theory/floors.ts';
import { subtracted } from '../../loss/theory/lossReading.ts';
import { roundingError } from '../../loss/theory/roundingError.ts';
import type { PanelSnapshot, PanelSpec, SortColumn } from '../../protocol/panelChannel.ts';

export const HISTOGRAM_BINS = 40;

/** What's measured once for a snapshot, so that a move of α has little left to do. */
export interface Measured {
  readonly stats: RowStats;
  readonly weight: Float64Array | null;
  readonly totals: LossTotals;
  readonly accuracy: number;
  readonly ignored: number;
  /** p(target) of the rows that count, ascending. */
  readonly certainties: Floats;
  readonly histogram: Uint32Array;
}

export function measure({ stats, weight }: Pick<PanelSnapshot, 'stats' | 'weight'>): Measured {
  const totals = lossTotals(stats);
  const certainties = stats.pTarget.filter((p) => !Number.isNaN(p)).sort();
  const histogram = new Uint32Array(HISTOGRAM_BINS);
  for (const p of certainties) histogram[Math.min(HISTOGRAM_BINS - 1, Math.floor(p * HISTOGRAM_BINS))]!++;
  const ignored = stats.rows - totals.counted;
  return { stats, weight, totals, accuracy: accuracy(stats), ignored, certainties, histogram };
}

/** What of a spec makes the loss of rows that are measured already. */
export interface Terms {
  readonly smoothing: Smoothing;
  /** What the form of the loss takes off each row that counts, in nats. */
  readonly constant: number;
}

export function termsOf(
  spec: Pick<PanelSpec, 'convention' | 'labelSmoothing' | 'ignoreIndex' | 'form'>,
  classes: number,
): Terms {
  const smoothing = smoothingOf(spec, classes);
  return { smoothing, constant: subtracted(spec.form, smoothing) };
}

/** The loss of one row, in nats; 0 where it's ignored. */
export function lossOfRow(stats: RowStats, row: number, { smoothing, constant }: Terms): number {
  return isIgnored(stats, row) ? 0 : rowLoss(stats, row, smoothing.uniform) - constant;
}

/** The floors of all rows with hard targets together, in nats. */
export function floorSumOf(
  totals: LossTotals,
  weight: Float64Array | null,
  { smoothing, constant }: Terms,
): number {
  return floorSum(totals, classFloors(smoothing, weight)) - constant * totals.counted;
}

/** The floors of all rows: of each class, or of each row if targets are soft. */
export interface Floors {
  /** What they are the floors of. */
  readonly terms: Terms;
  readonly of: (row: number) => number;
  /** Over all rows, in nats; undefined until they're known. */
  readonly sum: number | undefined;
}

export function hardFloors({ stats, weight, totals }: Measured, terms: Terms): Floors {
  const { constant } = terms;
  const byClass = classFloors(terms.smoothing, weight);
  return {
    terms,
    of: (row) => (isIgnored(stats, row) ? 0 : byClass[stats.target[row]!]! - constant),
    sum: floorSumOf(totals, weight, terms),
  };
}

/** No form but the cross-entropy takes soft targets, so there's nothing to take off. `byRow`: (rows) nats, once they're known. */
export function softFloors(terms: Terms, byRow: Float64Array | undefined): Floors {
  return { terms, of: (row) => byRow?.[row] ?? Number.NaN, sum: byRow && sumOf(byRow) };
}

/** The numbers on top of the panel, all in nats and reduced alike ("none" as the mean). */
export interface BatchFigures {
  readonly loss: number;
  readonly nll: number;
  readonly uniform: number;
  /** What the form of the loss takes off. */
  readonly constant: number;
  /** Undefined until the floors are known. */
  readonly floor: number | undefined;
  readonly excess: number | undefined;
  /** The loss of a prediction that is the same for all classes. */
  readonly guess: number;
}

export function figures(
  { totals, weight }: Pick<Measured, 'totals' | 'weight'>,
  { terms, sum }: Pick<Floors, 'terms' | 'sum'>,
  reduction: Reduction,
): BatchFigures {
  const { smoothing } = terms;
  const overall = reduction === 'none' ? 'mean' : reduction;
  const constant = terms.constant === 0 ? 0 : reduced(terms.constant * totals.counted, totals, overall);
  const loss = reducedLoss(totals, smoothing.uniform, overall) - constant;
  const floor = sum === undefined ? undefined : reduced(sum, totals, overall);
  return {
    loss,
    nll: reduced(totals.hard, totals, overall),
    uniform: reduced(totals.uniform, totals, overall),
    constant,
    floor,
    excess: floor === undefined ? undefined : loss - floor,
    guess: reduced(guessSum(totals, smoothing, weight), totals, overall) - constant,
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

/** The lowest and highest loss of a row that counts; undefined if none does. */
export function lossRange({ stats }: Measured, terms: Terms): readonly [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < stats.rows; row++) {
    if (isIgnored(stats, row)) continue;
    const loss = lossOfRow(stats, row, terms);
    if (loss < low) low = loss;
    if (loss > high) high = loss;
  }
  return high >= low ? [low, high] : undefined;
}

/** How many of the ascending `certainties` are above p. */
export function countAbove(certainties: Floats, p: number): number {
  let [low, high] = [0, certainties.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (certainties[middle]! > p) high = middle;
    else low = middle + 1;
  }
  return certainties.length - low;
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

/** The first row that makes the loss what it is, if that is NaN or infinite; −1 if no row does. */
export function culprit({ stats }: Measured, terms: Terms, loss: number): number {
  for (let row = 0; row < stats.rows; row++) if (Object.is(lossOfRow(stats, row, terms), loss)) return row;
  return -1;
}

/** What a column shows, by which it's sorted. */
export function columnOf({ stats }: Measured, floors: Floors, column: SortColumn): (row: number) => number {
  switch (column) {
    case 'row':
      return (row) => row;
    case 'target':
      return (row) => stats.target[row]!;
    case 'prediction':
      return (row) => stats.prediction[row]!;
    case 'pTarget':
      return (row) => stats.pTarget[row]!;
    case 'nll':
      return (row) => stats.hard[row]!;
    case 'loss':
      return (row) => lossOfRow(stats, row, floors.terms);
    case 'excess':
      return (row) => lossOfRow(stats, row, floors.terms) - floors.of(row);
  }
}

/** The rows in the order of a column. What isn't a number comes last; equal ones in the order of the rows. */
export function sortedRows(rows: number, value: (row: number) => number, descending: boolean): Uint32Array {
  const keys = Float64Array.from({ length: rows }, (_, row) => {
    const key = value(row);
    return Number.isNaN(key) ? Number.POSITIVE_INFINITY : descending ? -key : key;
  });
  return Uint32Array.from(keys, (_, row) => row).sort((a, b) => keys[a]! - keys[b]! || a - b);
}
