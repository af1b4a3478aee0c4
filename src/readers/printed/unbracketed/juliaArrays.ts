import { SLICE, type Work } from '../../../loss/work.ts';
import { failure, success } from '../../outcome.ts';
import { readCodeNumber } from '../../text/codeNumbers.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { growableDoubles } from '../../text/growable.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import { type PrintedLine, printedLineAt, wordsOf, wordText } from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';

/** "3×2 Matrix{Float32}:", "4-element Vector{Int64}:", "2×3 OneHotMatrix(::Vector{UInt32}) with eltype Bool:" */
const HEAD = /^\s*(?:(\d{1,9})-element|(\d{1,9}(?:×\d{1,9}){1,7})) (\S[^\n]{0,160}):$/;
const LONGEST_HEAD = 240;
const ELEMENT = /\b(?:eltype )?(Float16|Float32|Float64|BFloat16|Bool|U?Int\d+)\b/g;
/** "[:, :, 2] =" before each matrix of more axes. */
const SLICE_HEAD = /^\s*\[:, :(?:, \d+)+\] =$/;
/** "BitVector", "BitMatrix", "BitArray{3}": truth values without saying so. */
const BITS = /\bBit(?:Vector|Matrix|Array)\b/;
const LONGEST_LINE = 1 << 16;
const PRINTING: Printing = { printer: 'julia', commas: false, rounds: true };

/**
 * An array as Julia's REPL shows it, with its head on the line that starts at `start`: its rows stand below, one a line. In Julia samples
 * are columns, and what counts classes begins at 1.
 */
export function* readJuliaArray(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<FoundTensor | undefined> {
  if (!mayBeHead(bytes, start)) return undefined;
  const head = printedLineAt(bytes, start, limit);
  if (head.end - head.start > LONGEST_HEAD) return undefined;
  const match = HEAD.exec(wordText(bytes, head));
  if (!match) return undefined;
  const shape = (match[1] ?? match[2]!).split('×').map(Number);
  const types = [...match[3]!.matchAll(ELEMENT)].map(([, type]) => type!);
  const bits = BITS.test(match[3]!) ? 'bool' : null;
  const type = (/with eltype/.test(match[3]!) ? types.at(-1) : types[0])?.toLowerCase() ?? bits;
  // With more than two axes the matrices come one after the other.
  const [rows, columns] = [shape[0]!, shape.length === 1 ? 1 : shape[1]!];
  const matrices = shape.slice(2).reduce((product, axis) => product * axis, 1);
  const body = yield* readRows(bytes, head, limit, columns);
  const { dots, digits, numbers, spans } = body;
  if (body.end === head.end) return undefined;
  const isWhole = type === null ? digits.whole : /^(?:u?int|bool)/.test(type);
  const found = {
    kind: 'array',
    printer: 'julia',
    isLiteral: false,
    type,
    isWhole,
    start: head.start,
    end: body.end,
    decimals: digits.decimals,
    rounding: isWhole ? 0 : digits.rounding,
    firstIndex: 1,
    classesFirst: shape.length > 1,
  } as const;
  if (dots !== undefined)
    return { ...found, shape, read: failure({ reason: 'summarised', offset: dots, printer: 'julia' }) };
  if (numbers.length !== rows * columns * matrices) {
    const problem = {
      reason: 'shape-count',
      offset: head.start,
      name: match[3]!,
      shape,
      found: numbers.length,
    } as const;
    return { ...found, shape, read: failure(problem) };
  }
  // Of more axes than three the order of the matrices isn't looked at.
  if (shape.length > 3) return undefined;
  const node = {
    type: 'tensor',
    values: Float32Array.from(inOrder(numbers, rows, columns, matrices)),
    shape,
    decimals: digits.decimals,
    spans: shape.length === 2 ? spans : Float64Array.of(spans[0]!, spans.at(-1)!),
    flaw: undefined,
    start: head.start,
    end: body.end,
  } as const;
  return numbers.length < 2 ? undefined : { ...found, shape, read: success(node) };
}

/** Matrices that are printed one after the other, (matrices, rows, columns), as (rows, columns, matrices). */
function inOrder(numbers: Float64Array, rows: number, columns: number, matrices: number): Float64Array {
  if (matrices === 1) return numbers;
  const ordered = new Float64Array(numbers.length);
  const size = rows * columns;
  for (let matrix = 0; matrix < matrices; matrix++)
    for (let i = 0; i < size; i++) ordered[i * matrices + matrix] = numbers[matrix * size + i]!;
  return ordered;
}

function mayBeHead(bytes: Uint8Array, start: number): boolean {
  let i = start;
  while (bytes[i] === 0x20) i++;
  if (!(bytes[i]! >= 0x30 && bytes[i]! <= 0x39)) return false;
  while (bytes[i]! >= 0x30 && bytes[i]! <= 0x39 && i - start < 80) i++;
  return bytes[i] === 0x2d || bytes[i] === 0xc3;
}

interface Rows {
  readonly numbers: Float64Array;
  readonly spans: Float64Array;
  readonly digits: Digits;
  readonly dots: number | undefined;
  readonly end: number;
}

/** The rows of numbers below the head. "⋅" is a zero that isn't stored. */
function* readRows(bytes: Uint8Array, head: PrintedLine, limit: number, columns: number): Work<Rows> {
  const fraction = () => Math.max(0.01, (line.start - head.start) / (limit - head.start));
  const [numbers, spans] = [growableDoubles(fraction), growableDoubles(fraction)];
  const digits = new Digits();
  let dots: number | undefined;
  let end = head.end;
  let nextYield = head.start;
  let line = printedLineAt(bytes, head.next, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    if (line.end - line.start > LONGEST_LINE) break;
    const words = wordsOf(bytes, line);
    const text = words.length <= 4 ? wordText(bytes, line) : '';
    if (SLICE_HEAD.test(text)) continue;
    if (words.length === 0) {
      // Between two matrices there's an empty line.
      if (SLICE_HEAD.test(wordText(bytes, printedLineAt(bytes, line.next, Math.min(limit, line.next + 80)))))
        continue;
      break;
    }
    const before = numbers.length;
    let isRow = bytes[line.start] === 0x20;
    for (const word of isRow ? words : []) {
      const value = numberIn(bytes, word.start, word.end, digits);
      const isDot = value === undefined && isEllipsis(bytes, word.start, word.end);
      if (isDot) dots ??= word.start;
      else if (value === undefined) isRow = false;
      else numbers.push(value);
    }
    if (!isRow || (dots === undefined && numbers.length - before !== columns)) {
      // What has other numbers than it should is no part of it: the shape won't fit then.
      break;
    }
    spans.push(line.start);
    spans.push(line.end);
    end = line.end;
  }
  return { numbers: numbers.toArray(), spans: spans.toArray(), digits, dots, end };
}

function numberIn(bytes: Uint8Array, start: number, end: number, digits: Digits): number | undefined {
  // U+22C5
  if (end - start === 3 && bytes[start] === 0xe2 && bytes[start + 1] === 0x8b && bytes[start + 2] === 0x85)
    return 0;
  const cursor = new Cursor(bytes, start, end, { printing: PRINTING });
  const value = readNumber(cursor) ?? readCodeNumber(cursor);
  if (value === undefined || cursor.offset !== end) return undefined;
  digits.take(value, cursor.written);
  return value;
}

/** "⋮", "⋱" or "…" (or "⋯"). */
function isEllipsis(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 3 || bytes[start] !== 0xe2) return false;
  const [second, third] = [bytes[start + 1], bytes[start + 2]!];
  return (second === 0x8b && [0xae, 0xaf, 0xb1].includes(third)) || (second === 0x80 && third === 0xa6);
}
