import type { LossTotals } from '../batch/reduction.ts';
import { CONVENTIONS } from '../conventions/conventions.ts';
import { smoothingOf } from '../conventions/smoothing.ts';
import type { LossSpec } from '../lossSpec.ts';
import { sumOf } from '../rows/pairwiseSum.ts';

/** Confidences and probabilities are counted in cells of the same width: cell i is (i/CELLS, (i + 1)/CELLS]. */
export const CELLS = 65_536;
/** Bins with exact sums, bin i is (i/60, (i + 1)/60]: they make up 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 and 60 bins of equal width. */
export const FINE_BINS = 60;
/** The temperatures at which NLLs are added up: 8, 8/√2, 4 … 1/4. Descending, so β = 1/T ascends. */
export const GRID = Float64Array.from({ length: 11 }, (_, j) => 2 ** (3 - j / 2));
/** Where T is 1. */
export const AT_1 = 6;

/**
 * What a program elsewhere added up over the rows that count: as many numbers for 10⁹ rows as for one. With p = softmax(z), t the target's
 * class and c = max p, by row. Rows whose softmax isn't a number are in `perClass` alone.
 */
export interface BatchSums {
  /** All rows, also those that are ignored. */
  readonly rows: number;
  readonly classes: number;
  /** False if each row's prediction stands for its target; then nobody knows which are right. */
  readonly hasTargets: boolean;
  /** (K) how many rows have each class as their target. */
  readonly perClass: Float64Array;
  /** (K) Σ −ln p[t] of those, in nats. */
  readonly nll: Float64Array;
  /** (K) Σ −ln p[k] over all rows, for each class k, in nats. */
  readonly cost: Float64Array;
  /** Σ over rows of Σ_k (p − target)². */
  readonly brier: number;
  /** (FINE_BINS) by c: how many rows, Σ c, and how many are right. */
  readonly bins: {
    readonly rows: Float64Array;
    readonly confidence: Float64Array;
    readonly right: Float64Array;
  };
  /** (CELLS) how many rows by c, how many of those are right, and how many rows by p[t]. */
  readonly cells: {
    readonly rows: Float64Array;
    readonly right: Float64Array;
    readonly target: Float64Array;
  };
  /** At the temperatures of GRID: Σ −ln softmax(z/T)[t] in nats, and its first two derivatives by β = 1/T. */
  readonly tempered: {
    readonly nll: Float64Array;
    readonly slope: Float64Array;
    readonly curvature: Float64Array;
  };
}

/** How many rows count: all but those that are ignored. */
export function countedOf({ perClass }: Pick<BatchSums, 'perClass'>): number {
  return sumOf(perClass);
}

/** How many of them have a softmax that is a number. */
export function knownOf({ bins }: Pick<BatchSums, 'bins'>): number {
  return sumOf(bins.rows);
}

/** How many predictions are right: 0…1. NaN if nobody knows: without targets, if no row counts, or a row's softmax isn't a number. */
export function accuracyOfSums(sums: BatchSums): number {
  const counted = countedOf(sums);
  return sums.hasTargets && knownOf(sums) === counted ? sumOf(sums.bins.right) / counted : Number.NaN;
}

/** What of a spec the totals depend on: all but α. */
export type SummedWith = Pick<LossSpec, 'convention' | 'weight' | 'ignoreIndex'>;

/** True if sums say what these rows cost in a convention: a softmax, whose padding class is what was ignored. */
export function isSummedFor(
  convention: LossSpec['convention'],
  ignoreIndex: number | null,
  classes: number,
): boolean {
  const { activation, padded } = CONVENTIONS[convention];
  if (activation !== 'softmax') return false;
  return !padded || (ignoreIndex !== null && ignoreIndex >= 0 && ignoreIndex < classes);
}

/**
 * The totals of the rows, for any class weights w and every α: Σ hard = Σ_t w[t]·nll[t], and Σ uniform = (1/m) Σ_k w[k]·cost[k] without the
 * padding class. NaN, as the loss of these rows is, if a row's softmax isn't a number.
 */
export function totalsOfSums(sums: BatchSums, spec: SummedWith): LossTotals {
  const { classes, perClass, nll, cost } = sums;
  const { among, padding } = smoothingOf({ ...spec, labelSmoothing: 0 }, classes);
  const { weight } = spec;
  const counted = countedOf(sums);
  const isKnown = knownOf(sums) === counted;
  const weighted = (values: Float64Array) => (weight ? values.map((value, k) => value * weight[k]!) : values);
  const costs = weighted(cost).map((value, k) => (k === padding ? 0 : value));
  return {
    targets: 'indices',
    hard: isKnown ? sumOf(weighted(nll)) : Number.NaN,
    uniform: isKnown ? sumOf(costs) / among : Number.NaN,
    share: sumOf(weighted(perClass)),
    counted,
    perClass,
  };
}
