import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { SLICE, type Work } from '../../../loss/work.ts';
import { Cursor } from '../../text/cursor.ts';
import { growableDoubles } from '../../text/growable.ts';
import { readNumber, startsNumber } from '../../text/scannedScalars.ts';
import type { NamedArray } from '../namedArray.ts';

const POINT = 0x2e;
/** "1." and ".5" are numbers, too. */
const PRINTING = { printer: 'numpy', commas: true, rounds: false } as const;
/** From here on what is left of 1 has fewer digits in float32 than a loss is shown with. */
const NEAR_1 = 0.9;

/**
 * True if float32 isn't enough for outputs of sigmoids: a loss has ln(1 − p) in it, and of 1 − 0.99999999 nothing is left there. A softmax
 * has the other classes to say it.
 */
export function needFloat64(values: Floats): boolean {
  return values.some((value) => value > NEAR_1 && value < 1) || values.includes(1);
}

/** Numbers in the span of a row before those that are meant, or behind them: a record has few. */
const MOST_OTHERS = 64;

/**
 * The numbers of an array as a text has them, in float64, where `values` are the same in float32. Undefined unless each span has those of
 * its row one after the other, and only once.
 */
export function* exactNumbers(
  bytes: Uint8Array,
  { spans }: Pick<NamedArray, 'spans'>,
  values: Floats,
): Work<Float64Array | undefined> {
  if (values instanceof Float64Array) return values;
  const rows = spans.length / 2;
  const count = values.length / rows;
  if (!Number.isInteger(count) || count === 0) return undefined;
  const exact = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    const numbers = yield* numbersIn(bytes, spans[2 * row]!, spans[2 * row + 1]!);
    const wanted = values.subarray(row * count, (row + 1) * count);
    const others = numbers.length - count;
    if (others < 0 || others > MOST_OTHERS) return undefined;
    let found: Float64Array | undefined;
    for (let at = 0; at <= others; at++) {
      if (!wanted.every((value, k) => Math.fround(numbers[at + k]!) === value)) continue;
      if (found) return undefined;
      found = numbers.subarray(at, at + count);
    }
    if (!found) return undefined;
    exact.set(found, row * count);
  }
  return exact;
}

function* numbersIn(bytes: Uint8Array, start: number, end: number): Work<Float64Array> {
  const cursor = new Cursor(bytes, start, end, { printing: PRINTING });
  const numbers = growableDoubles(() => Math.max(0.01, (cursor.offset - start) / (end - start)));
  let nextYield = start;
  while (cursor.offset < end) {
    if (cursor.offset >= nextYield) {
      yield (cursor.offset - start) / (end - start);
      nextYield = cursor.offset + SLICE;
    }
    const byte = bytes[cursor.offset]!;
    const number = startsNumber(byte) || byte === POINT ? readNumber(cursor) : undefined;
    if (number === undefined) cursor.offset++;
    else numbers.push(number);
  }
  return numbers.toArray();
}
