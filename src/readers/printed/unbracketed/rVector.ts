import { SLICE, type Work } from '../../../loss/work.ts';
import { failure, success } from '../../outcome.ts';
import { readCodeNumber } from '../../text/codeNumbers.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { growableDoubles } from '../../text/growable.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import { type PrintedLine, printedLineAt, wordsOf, wordText } from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';

/** "[1]" and, on the lines after, how many numbers have come before, and one: "[13]". */
const HEAD = /^\[(\d{1,9})\]$/;
const LONGEST_LINE = 1 << 12;
const OPEN = 0x5b;
const PRINTING: Printing = { printer: 'r', commas: false, rounds: true };

/** A vector of numbers as R prints it, from the line that starts at `start`: `[1] 0.25 0.75`. Undefined if it's none. */
export function* readRVector(bytes: Uint8Array, start: number, limit: number): Work<FoundTensor | undefined> {
  if (!mayBeHead(bytes, start)) return undefined;
  const numbers = growableDoubles(() => Math.max(0.01, (end - start) / (limit - start)));
  const digits = new Digits();
  let end = start;
  let nextYield = start;
  let line = printedLineAt(bytes, start, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const values = valuesOf(bytes, line, numbers.length + 1, digits);
    if (!values) break;
    for (const value of values) numbers.push(value);
    end = line.end;
  }
  if (numbers.length < 2) return undefined;
  const values = numbers.toArray();
  const levels = levelsBelow(bytes, printedLineAt(bytes, line.start, limit));
  return {
    kind: 'array',
    printer: 'r',
    isLiteral: false,
    shape: [values.length],
    type: digits.whole ? 'int' : 'float',
    isWhole: digits.whole,
    start,
    end,
    decimals: digits.decimals,
    rounding: digits.whole ? 0 : digits.rounding,
    firstIndex: levels?.first ?? 1,
    read:
      levels && levels.first === undefined
        ? failure({ reason: 'target-name', offset: start, row: 0, found: String(values[0]), named: false })
        : success({
            type: 'tensor',
            values: Float32Array.from(values),
            shape: [values.length],
            decimals: digits.decimals,
            spans: Float64Array.of(start, end),
            flaw: undefined,
            start,
            end,
          }),
  };
}

/** "Levels: 0 1 2", below a factor: what its classes are called. `first` is what they count from; undefined if they don't just count. */
function levelsBelow(
  bytes: Uint8Array,
  line: PrintedLine,
): { readonly first: 0 | 1 | undefined } | undefined {
  if (line.end - line.start > LONGEST_LINE) return undefined;
  const list = /^Levels: (.+)$/.exec(wordText(bytes, line).trimEnd())?.[1];
  if (list === undefined) return undefined;
  // "0 < 1 < 2" is in order; dots stand for those in between.
  const levels = list.split(/ \.\.\. /)[0]!.split(/ (?:< )?/);
  const [first] = levels;
  const counts = levels.every((level, k) => level === String(Number(first) + k));
  return { first: counts && first === '0' ? 0 : counts && first === '1' ? 1 : undefined };
}

function mayBeHead(bytes: Uint8Array, start: number): boolean {
  let i = start;
  while (bytes[i] === 0x20) i++;
  return bytes[i] === OPEN && bytes[i + 1] === 0x31 && bytes[i + 2] === 0x5d;
}

/** The numbers of a line that begins with [`index`]; undefined if there's anything else. */
function valuesOf(
  bytes: Uint8Array,
  line: PrintedLine,
  index: number,
  digits: Digits,
): readonly number[] | undefined {
  if (line.end - line.start > LONGEST_LINE) return undefined;
  const [head, ...words] = wordsOf(bytes, line);
  if (!head || words.length === 0 || Number(HEAD.exec(wordText(bytes, head))?.[1]) !== index)
    return undefined;
  const values: number[] = [];
  for (const word of words) {
    const cursor = new Cursor(bytes, word.start, word.end, { printing: PRINTING });
    const value = readNumber(cursor) ?? readCodeNumber(cursor);
    if (value === undefined || cursor.offset !== word.end) return undefined;
    digits.take(value, cursor.written);
    values.push(value);
  }
  return values;
}
