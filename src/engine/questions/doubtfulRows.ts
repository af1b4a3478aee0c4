import { firstIndex } from '../../loss/binarySearch.ts';
import { binFractions } from '../../loss/calibration/reliabilityBins.ts';
import type { SortedRows } from '../measure/scores/kernelSort.ts';

/** Rows whose confidence is this near to an edge of a bin are looked at again. */
const NEAR_EDGE = 1e-6;
/** Of less than this 1/(1 + rest) is 1, in float64 as well. */
const CERTAIN = 2e-17;
/** The last digit of a confidence near 1. */
const LAST_DIGIT = 2.3e-16;
/** What rounding a difference of logits, β and their product may move an exponential's exponent by, relatively: 3·2⁻²⁴. */
const ROUNDING = 1.8e-7;

/**
 * The rows of which float32 can't tell in which bin they are, whatever bins will be chosen, by number. Rows are sorted by `rest`, with a
 * confidence of 1/(1 + rest): the more confident, the less rest there is.
 */
export function doubtfulRows({ numbers: rests, rows }: SortedRows, all: number, classes: number): Int32Array {
  const fractions = binFractions();
  const marks = new Uint8Array(all);
  markNearValues(rests, rows, fractions, marks);
  markNearRanks(rests, rows, fractions, classes, marks);
  let count = 0;
  for (let row = 0; row < all; row++) count += marks[row]!;
  const found = new Int32Array(count);
  for (let row = 0, at = 0; at < count; row++) if (marks[row] === 1) found[at++] = row;
  return found;
}

/** Of bins of equal width: those whose confidence is next to an edge. */
function markNearValues(rests: Float32Array, rows: Int32Array, edges: Float64Array, marks: Uint8Array): void {
  for (const edge of edges) {
    const most = 1 / (edge - NEAR_EDGE) - 1;
    const least = 1 / (edge + NEAR_EDGE) - 1;
    const first = firstIndex(rests.length, (at) => rests[at]! >= least);
    for (let at = first; at < rests.length && rests[at]! <= most; at++) marks[rows[at]!] = 1;
  }
}

/** Of bins with as many rows each, where ranks count: those that aren't far enough from an edge that has others near it. */
function markNearRanks(
  rests: Float32Array,
  rows: Int32Array,
  fractions: Float64Array,
  classes: number,
  marks: Uint8Array,
): void {
  const count = rests.length;
  /** Twice as far as both numbers may be off: none of the terms of `rest` has an exponent below ln(rest/K). */
  const reachOf = (rest: number) => {
    const exponent = Math.abs(Math.log(Math.max(rest, CERTAIN))) + Math.log(classes);
    return 2 * ROUNDING * (3 + exponent) * rest + LAST_DIGIT;
  };
  const isNear = (at: number, edge: number) =>
    at >= 0 && at < count && Math.abs(rests[at]! - edge) <= reachOf(Math.max(rests[at]!, edge));
  let marked = 0;
  // From the last fraction on the places ascend.
  for (let i = fractions.length - 1; i >= 0; i--) {
    const place = count - Math.max(1, Math.ceil(fractions[i]! * count - 1e-9));
    if (place < 0) continue;
    const edge = rests[place]!;
    if (!isNear(place - 1, edge) && !isNear(place + 1, edge)) continue;
    let at = place;
    while (at > marked && isNear(at - 1, edge)) at--;
    for (at = Math.max(at, marked); isNear(at, edge); at++) if (rests[at]! >= CERTAIN) marks[rows[at]!] = 1;
    marked = Math.max(marked, at);
  }
}
