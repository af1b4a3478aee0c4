import { SLICE, type Work } from '../../../loss/work.ts';
import { success } from '../../outcome.ts';
import { readCodeNumber } from '../../text/codeNumbers.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { growableDoubles } from '../../text/growable.ts';
import { readNumber, startsNumber } from '../../text/scannedScalars.ts';
import type { FoundTensor } from '../printedTensor.ts';
import { textBefore } from './tensorHeads.ts';

const [OPEN, CLOSE, SEMICOLON, COMMA] = [0x5b, 0x5d, 0x3b, 0x2c];
const [LF, RETURN, SPACE, TAB] = [0x0a, 0x0d, 0x20, 0x09];
const [PLUS, MINUS, POINT] = [0x2b, 0x2d, 0x2e];
/** Before its first semicolon a list is looked at by whoever reads lists, too: not all of a long one. */
const LONGEST_ROW = 1 << 16;
const LOOK_BACK = 40;
const JULIA_TYPE = /(?:Float|U?Int)\d{1,3}$/;
const PRINTING: Printing = { printer: 'julia', commas: true, rounds: false };

/**
 * A matrix as it's written in code of Julia and MATLAB, with its bracket at `start`: `[1.0 -2.0; 3.0 4.0]`. Rows end with a semicolon or
 * a line. One column of them is a list, which counts classes from 1; where
 * nothing but Julia writes so, samples are columns. Undefined without a semicolon, and if it has anything but numbers.
 */
export function* readMatrixCode(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<FoundTensor | undefined> {
  if (bytes[start] !== OPEN || bytes[start + 1] === OPEN) return undefined;
  const before = textBefore(bytes, start, LOOK_BACK);
  const written = JULIA_TYPE.exec(before)?.[0] ?? '';
  if (!isAssigned(before.slice(0, before.length - written.length))) return undefined;
  const begin = start - written.length;
  const numbers = growableDoubles(() => Math.max(0.01, (i - start) / (limit - start)));
  const spans = growableDoubles(() => Math.max(0.01, (i - start) / (limit - start)));
  const digits = new Digits();
  const cursor = new Cursor(bytes, start, limit, { printing: PRINTING });
  let columns = 0;
  let [row, rowStart, rowEnd] = [0, start + 1, start + 1];
  let hasSemicolon = false;
  let nextYield = start;
  let i = start + 1;
  for (; i < limit; ) {
    if (i >= nextYield) {
      yield i / limit;
      nextYield = i + SLICE;
    }
    if (!hasSemicolon && i - start > LONGEST_ROW) return undefined;
    const byte = bytes[i]!;
    if (byte === SPACE || byte === TAB || byte === RETURN || byte === COMMA) {
      i++;
      continue;
    }
    if (byte === SEMICOLON || byte === LF || byte === CLOSE) {
      // Lines and semicolons together end a row once.
      if (row > 0) {
        if (columns !== 0 && row !== columns) return undefined;
        columns = row;
        spans.push(rowStart);
        spans.push(rowEnd);
        row = 0;
      }
      hasSemicolon ||= byte === SEMICOLON;
      i++;
      if (byte === CLOSE) break;
      continue;
    }
    // "1 - 2" is a number less, "1 -2" isn't.
    const isSign = byte === PLUS || byte === MINUS;
    if (!startsNumber(byte) && byte !== POINT && !isSign) return undefined;
    cursor.offset = i;
    const value = readNumber(cursor) ?? readCodeNumber(cursor);
    if (value === undefined || cursor.offset === i || !endsNumber(bytes[cursor.offset])) return undefined;
    digits.take(value, cursor.written);
    numbers.push(value);
    if (row++ === 0) rowStart = i;
    i = cursor.offset;
    rowEnd = i;
  }
  const rows = spans.length / 2;
  if (bytes[i - 1] !== CLOSE || !hasSemicolon || rows < 2 || !isWhole(bytes, i)) return undefined;
  const shape = columns === 1 ? [rows] : [rows, columns];
  return {
    kind: 'array',
    printer: 'julia',
    isLiteral: true,
    shape,
    type: written === '' ? (digits.whole ? 'int' : 'float') : written.toLowerCase(),
    isWhole: digits.whole,
    start: begin,
    end: i,
    decimals: digits.decimals,
    rounding: 0,
    firstIndex: 1,
    classesFirst: columns > 1 && (written !== '' || before.includes('julia>')),
    read: success({
      type: 'tensor',
      values: Float32Array.from(numbers.toArray()),
      shape,
      decimals: digits.decimals,
      spans: spans.toArray(),
      flaw: undefined,
      start: begin,
      end: i,
    }),
  };
}

/** True for what `readMatrixCode` has found. */
export function isMatrixCode({ printer, isLiteral }: FoundTensor): boolean {
  return printer === 'julia' && isLiteral;
}

/** True at the start of a line, and behind a name or a prompt: there's no call, and nothing that makes another matrix of it. */
function isAssigned(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1).trimEnd();
  const name = line.endsWith('=') ? line.slice(0, -1).trimEnd() : '';
  return line === '' || /[:>]$/.test(line) || /[\w)\]}]$/.test(name);
}

/** True where a statement ends: `'` and `.* 2` make another matrix of it. */
function isWhole(bytes: Uint8Array, end: number): boolean {
  let i = end;
  while (bytes[i] === SPACE || bytes[i] === TAB) i++;
  const byte = bytes[i];
  return byte === undefined || ENDS.has(byte);
}

const ENDS: ReadonlySet<number> = new Set(Array.from(';,#%\r\n', (character) => character.charCodeAt(0)));

/** What may stand behind a number of a row. */
function endsNumber(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= SPACE || byte === COMMA || byte === SEMICOLON || byte === CLOSE);
}
