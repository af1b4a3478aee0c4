import { SLICE, type Work } from '../../../loss/work.ts';
import { failure, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { growableDoubles } from '../../text/growable.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import { type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';

/** `Tensor[system.float32] of shape "[4, 3]" on backend "Cpu"`; before version 0.7 `Tensor of shape 4x3 of type "float" on backend "Cpu"`. */
const HEAD =
  /^Tensor(?:\[(?:system\.)?(\w{1,20})\])? of shape "?\[?(\d{1,9}(?:(?:, ?|x)\d{1,9}){0,7})\]?"?(?: of type "(\w{1,20})")? on backend "\w{1,20}"$/;
const WORD = 'Tensor';
const LONGEST_HEAD = 240;
const LONGEST_LINE = 1 << 16;
const BAR = 0x7c;
const PRINTING: Printing = { printer: 'table', commas: false, rounds: true };

/**
 * A tensor as Arraymancer shows it in Nim, whose head begins at `start`: rows between bars, or numbers on one line, stand below. What has
 * more axes is known for what it is and not read: its matrices are side by side.
 */
export function* readNimTensor(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<FoundTensor | undefined> {
  if (bytes[start] !== 0x54 || wordText(bytes, { start, end: start + WORD.length }) !== WORD)
    return undefined;
  // A line may have the word very often: of each only so much is looked through.
  const head = printedLineAt(bytes, start, Math.min(limit, start + LONGEST_HEAD));
  if (head.end - start >= LONGEST_HEAD - 1) return undefined;
  const match = HEAD.exec(wordText(bytes, { start, end: head.end }).trimEnd());
  if (!match) return undefined;
  const shape = match[2]!.split(/, ?|x/).map(Number);
  const type = (match[1] ?? match[3] ?? 'float').toLowerCase();
  const count = shape.length === 1 ? 1 : shape[0]!;
  const numbers = growableDoubles(() => Math.max(0.01, (line.start - start) / (limit - start)));
  const spans = growableDoubles(() => Math.max(0.01, (line.start - start) / (limit - start)));
  const digits = new Digits();
  let end = head.end;
  let nextYield = start;
  let line = printedLineAt(bytes, head.next, limit);
  for (let row = 0; row < count && line.start < limit; row++, line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const inRow = shape.length > 2 ? undefined : numbersIn(bytes, line, shape.length === 2, digits);
    if (!inRow || inRow.length !== shape.at(-1)) break;
    for (const value of inRow) numbers.push(value);
    spans.push(line.start);
    spans.push(line.end);
    end = line.end;
  }
  const isWhole = /^(?:u?int|bool)/.test(type);
  const found = numbers.length;
  const problem: ReadProblem | undefined =
    shape.length > 2
      ? { reason: 'pages', offset: start, name: WORD, shape }
      : found === shape.reduce((product, axis) => product * axis, 1)
        ? undefined
        : { reason: 'shape-count', offset: start, name: WORD, shape, found };
  return {
    kind: 'tensor',
    printer: 'table',
    isLiteral: false,
    shape,
    type,
    isWhole,
    start,
    end,
    decimals: digits.decimals,
    rounding: isWhole ? 0 : digits.rounding,
    read: problem
      ? failure(problem)
      : success({
          type: 'tensor',
          values: Float32Array.from(numbers.toArray()),
          shape,
          decimals: digits.decimals,
          spans: spans.toArray(),
          flaw: undefined,
          start,
          end,
        }),
  };
}

/** The numbers of a line, between bars if it's a row; undefined if there's anything else. */
function numbersIn(
  bytes: Uint8Array,
  { start, end }: PrintedLine,
  isBarred: boolean,
  digits: Digits,
): readonly number[] | undefined {
  if (end - start > LONGEST_LINE) return undefined;
  const text = { start, end };
  while (text.start < text.end && bytes[text.start]! <= 0x20) text.start++;
  while (text.end > text.start && bytes[text.end - 1]! <= 0x20) text.end--;
  if (isBarred) {
    if (text.end - text.start < 3 || bytes[text.start] !== BAR || bytes[text.end - 1] !== BAR)
      return undefined;
    text.start++;
    text.end--;
  }
  const cursor = new Cursor(bytes, text.start, text.end, { printing: PRINTING });
  const values: number[] = [];
  for (;;) {
    while (cursor.offset < text.end && bytes[cursor.offset]! <= 0x20) cursor.offset++;
    if (cursor.offset === text.end) return values;
    const value = readNumber(cursor);
    if (value === undefined || (cursor.offset < text.end && bytes[cursor.offset]! > 0x20)) return undefined;
    digits.take(value, cursor.written);
    values.push(value);
  }
}
