import { countUpTo } from '../binarySearch.ts';
import type { Floats } from '../rows/rowLayout.ts';

/** Rows by their confidence, ascending, with running sums: any binning of them is then a few look-ups. */
export interface Ranked {
  /** (n) max p, ascending; rows without a confidence are left out. */
  readonly confidence: Floats;
  /** (n + 1) what the first i confidences add up to, and how many of those rows are right. */
  readonly sums: Float64Array;
  readonly right: Float64Array;
  /** Σ c(1 − c): the variance of how many rows are right, if each is so with its confidence c. */
  readonly variance: number;
}

/** Rows whose confidence is in (low, high]. `confidence` and `accuracy` are means, NaN in a bin without rows. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** `confidence`: (rows), NaN for a row that doesn't count. */
export function rank(confidence: Floats, isRight: (row: number) => boolean): Ranked {
  const [rightOnes, wrongOnes] = [new Float64Array(confidence.length), new Float64Array(confidence.length)];
  let [rights, wrongs] = [0, 0];
  for (let row = 0; row < confidence.length; row++) {
    const value = confidence[row]!;
    if (Number.isNaN(value)) continue;
    if (isRight(row)) rightOnes[rights++] = value;
    else wrongOnes[wrongs++] = value;
  }
  // Two plain sorts and a merge: several times as fast as sorting indices.
  const [a, b] = [rightOnes.subarray(0, rights).sort(), wrongOnes.subarray(0, wrongs).sort()];
  const count = rights + wrongs;
  const ranked = {
    confidence: new Float64Array(count),
    sums: new Float64Array(count + 1),
    right: new Float64Array(count + 1),
  };
  let variance = 0;
  for (let i = 0, j = 0; i + j < count; ) {
    const place = i + j;
    const isNextRight = j === wrongs || (i < rights && a[i]! <= b[j]!);
    const value = isNextRight ? a[i++]! : b[j++]!;
    ranked.confidence[place] = value;
    ranked.sums[place + 1] = ranked.sums[place]! + value;
    ranked.right[place + 1] = ranked.right[place]! + (isNextRight ? 1 : 0);
    variance += value * (1 - value);
  }
  return { ...ranked, variance };
}

/** More bins say nothing more. */
export const MOST_BINS = 100;

/** m/M below 1 for up to so many bins, each once, ascending: every edge that bins of equal width may have between two of them. */
export function binFractions(): Float64Array {
  const fractions = new Set<number>();
  for (let bins = 2; bins <= MOST_BINS; bins++) for (let m = 1; m < bins; m++) fractions.add(m / bins);
  return Float64Array.from(fractions).sort();
}

/** The upper edges of M bins of the same width: m/M, as in Guo et al. 2017, §2. */
export function equalWidthEdges(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, m) => (m + 1) / count);
}

/**
 * The upper edges of M bins with as many rows each: the m/M quantiles (NumPy's method "inverted_cdf"). Rows of the same
 * confidence stay together, so the order of the rows makes no difference, and a bin may be empty.
 */
export function equalMassEdges({ confidence }: Ranked, count: number): Float64Array {
  const rows = confidence.length;
  return Float64Array.from({ length: count }, (_, m) =>
    rows === 0 ? (m + 1) / count : confidence[Math.max(0, Math.ceil(((m + 1) * rows) / count) - 1)]!,
  );
}

/** The rows between one edge and the next; `edges` are upper ones, ascending, the first bin begins at 0. */
export function binsOf({ confidence, sums, right }: Ranked, edges: Float64Array): Bin[] {
  let [first, low] = [0, 0];
  return Array.from(edges, (high, i) => {
    const end = i === edges.length - 1 ? confidence.length : countUpTo(confidence, high);
    const rows = end - first;
    const bin = {
      low,
      high,
      rows,
      confidence: (sums[end]! - sums[first]!) / rows,
      accuracy: (right[end]! - right[first]!) / rows,
    };
    [first, low] = [end, high];
    return bin;
  });
}

/**
 * Expected calibration error: the mean over all rows of |accuracy − confidence| of the row's bin, 0…1. Naeini, Cooper and
 * Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning"; for classes Guo et al. 2017, eq. 3.
 */
export function expectedError(bins: readonly Bin[]): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce((sum, bin) => (bin.rows > 0 ? sum + (bin.rows / rows) * gapOf(bin) : sum), 0);
}

/** Maximum calibration error: the largest |accuracy − confidence| of a bin that has rows. Guo et al. 2017, eq. 5. */
export function maximumError(bins: readonly Bin[]): number {
  return bins.reduce((most, bin) => (bin.rows > 0 ? Math.max(most, gapOf(bin)) : most), 0);
}

/** The mean confidence of all rows, 0…1; NaN if there's none. */
export function meanConfidence({ confidence, sums }: Ranked): number {
  return sums.at(-1)! / confidence.length;
}

/** The standard deviation of mean confidence − accuracy if rows are right as often as they are confident: √(Σ c(1 − c))/n. */
export function gapByChance({ confidence, variance }: Ranked): number {
  return Math.sqrt(variance) / confidence.length;
}

/**
 * The expected calibration error that chance leaves of calibrated predictions: its mean, and `deviations` standard deviations
 * more. The gap of a bin of n rows with confidences about c is about normal, with the variance c(1 − c)/n at most, as that is concave;
 * |gap| then has the mean √(2/π)·σ and the variance (1 − 2/π)·σ².
 */
export function errorByChance(bins: readonly Bin[], deviations: number): number {
  const used = bins.filter(({ rows }) => rows > 0);
  const rows = used.reduce((sum, bin) => sum + bin.rows, 0);
  // Of the bins' shares in the error: rows of the bin / all · gap.
  const variances = used.map(({ rows: own, confidence }) => {
    // A mean of confidences of 1 may be more than that by a rounding.
    const c = Math.min(1, confidence);
    return (own * c * (1 - c)) / rows ** 2;
  });
  const mean = Math.sqrt(2 / Math.PI) * variances.reduce((sum, variance) => sum + Math.sqrt(variance), 0);
  const variance = (1 - 2 / Math.PI) * variances.reduce((sum, each) => sum + each, 0);
  return mean + deviations * Math.sqrt(variance);
}

function gapOf({ accuracy, confidence }: Bin): number {
  return Math.abs(accuracy - confidence);
}
