import { SLICE, type Work } from '../../loss/work.ts';
import type { NamedArray } from './namedArray.ts';

/** What whole numbers there are. */
export interface WholeRange {
  /** False if one has a fraction, or isn't finite. */
  readonly isWhole: boolean;
  readonly least: number;
  readonly most: number;
}

/** The range of numbers, up to the first that isn't whole. */
export function* wholeRange(values: ArrayLike<number>): Work<WholeRange> {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    if (i % SLICE === SLICE - 1) yield i / values.length;
    const value = values[i]!;
    if (!Number.isInteger(value)) return { isWhole: false, least, most };
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { isWhole: true, least, most };
}

/** The numbers of an array, if they're at hand. */
export function numbersOf({ content }: NamedArray): Float32Array | Float64Array | undefined {
  return content.kind === 'numbers' ? content.values : undefined;
}

/** True for whole numbers or truth values by their type. */
export function isWholeType(type: string | null): boolean {
  return type !== null && /^(u?int|bool|long|short|i\d|u\d|byte)/i.test(type);
}

/** How many rows are compared. */
const COMPARED = 256;
/** Numbers that were rounded to be printed agree within this. */
const NEAR = 0.02;

/** True if one has the same numbers as the other. */
export function sameNumbers(a: NamedArray, b: NamedArray): boolean {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  if (!one || !other || one.length !== other.length) return false;
  return one.every((value, i) => Math.fround(value) === Math.fround(other[i]!));
}

/** True if one has the probabilities (or their logarithms) of the logits that the other has: (…, K) both. */
export function areProbabilitiesOf(logits: NamedArray, other: NamedArray): boolean {
  const [z, p] = [numbersOf(logits), numbersOf(other)];
  const classes = logits.shape.at(-1) ?? 0;
  if (!z || !p || z.length !== p.length || classes < 2 || other.shape.at(-1) !== classes) return false;
  const rows = Math.min(COMPARED, z.length / classes);
  const scale = percentScale(p, classes);
  for (let row = 0; row < rows; row++) {
    const own = Float64Array.from(z.subarray(row * classes, (row + 1) * classes));
    const most = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const sum = own.reduce((total, value) => total + Math.exp(value - most), 0);
    for (let k = 0; k < classes; k++) {
      const probability = Math.exp(own[k]! - most) / sum;
      const found = p[row * classes + k]!;
      const isNear = Math.abs(found / scale - probability) <= NEAR;
      if (!isNear && !(found <= 0 && Math.abs(Math.exp(found) - probability) <= NEAR)) return false;
    }
  }
  return true;
}

function percentScale(values: Float32Array | Float64Array, classes: number): number {
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += values[k]!;
  return Math.abs(sum - 100) < 1 ? 100 : 1;
}

/** True if the first row sums to 1 or 100. */
export function sumsToWhole(array: NamedArray): boolean {
  let sum = 0;
  for (const value of numbersOf(array)?.subarray(0, array.shape.at(-1)) ?? []) sum += value;
  return Math.abs(sum - 1) < 0.02 || Math.abs(sum - 100) < 2;
}

/** How many numbers show whether all are whole. */
export const JUDGED = 1 << 14;

/** True for whole numbers, by their type or as far as they were looked at. */
export function isWhole(array: NamedArray): boolean {
  if (array.type !== null) return isWholeType(array.type);
  return numbersOf(array)?.subarray(0, JUDGED).every(Number.isInteger) ?? false;
}

/** True for what isn't texts or truth values. */
export function isNumeric({ content, type }: NamedArray): boolean {
  return content.kind !== 'texts' && type !== 'text' && type !== 'bool';
}
