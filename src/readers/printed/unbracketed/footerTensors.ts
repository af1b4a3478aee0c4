import { SLICE, type Work } from '../../../loss/work.ts';
import type { TensorNode } from '../../json/jsonNodes.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { Printer, ReadProblem } from '../../readProblem.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import { isDots, lineBefore, type PrintedLine, printedLineAt, wordsOf, wordText } from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';

/** "[ CPUFloatType{2,3} ]" of libtorch and of torch for R, "[torch.FloatTensor of size 2x3]" of PyTorch before 0.4 and of Lua. */
const FOOTER =
  /^\s*\[ (?:Variable\[)?[A-Z]{0,12}(Float|Double|Half|BFloat16|Long|Int|Short|Byte|Char|Bool)Type\]?\{([\d,]{0,60})\} \]|^\s*\[torch\.(?:cuda\.)?(Float|Double|Half|Long|Int|Short|Byte|Char)Tensor of size ([\dx]{1,60})/;
const LONGEST_FOOTER = 240;
const LONGEST_LINE = 1 << 16;
/** "Columns 1 to 8" may run into the first number after it. */
const COLUMNS = /^\s*Columns (\d{1,9}) to (\d{1,9})/;
/** "(1,2,.,.) = " before each matrix of a tensor with more axes. */
const SLICE_HEAD = /^\([\d ,]+\.,\.\) ?=$/;
/** What R prints in place of rows. */
const TRUNCATED = /^\s*\.\.\. \[the output was truncated/;
const SCALE = /^\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?)\s*\*\s*$/;
const TITLE = /^\s*(?:(torch_tensor)|Variable containing:|(Parameter containing:))\s*$/;
const LONGEST_HEAD = 64;
const OPEN = 0x5b;

const TYPES: Readonly<Record<string, string>> = {
  Float: 'float32',
  Double: 'float64',
  Half: 'float16',
  BFloat16: 'bfloat16',
  Long: 'int64',
  Int: 'int32',
  Short: 'int16',
  Byte: 'uint8',
  Char: 'int8',
  Bool: 'bool',
};
const PRINTING: Printing = { printer: 'libtorch', commas: false, rounds: true };

/** What a line above the last one is. */
type Part =
  | { readonly kind: 'row'; readonly line: PrintedLine; readonly from: number; readonly count: number }
  | { readonly kind: 'columns'; readonly first: number; readonly last: number }
  | { readonly kind: 'slice' }
  | { readonly kind: 'scale'; readonly factor: number }
  | { readonly kind: 'dots'; readonly offset: number }
  | { readonly kind: 'blank' };

/**
 * A tensor without brackets, by its last line, which starts at `start` and says its type and shape: above it stand its numbers, in blocks
 * of columns if they are wide, as far up as `from` at most.
 */
export function* readFootedTensor(
  bytes: Uint8Array,
  start: number,
  limit: number,
  from: number,
): Work<FoundTensor | undefined> {
  if (!mayBeFooter(bytes, start)) return undefined;
  const footer = printedLineAt(bytes, start, limit);
  const head = new TextDecoder('latin1').decode(
    bytes.subarray(start, Math.min(footer.end, start + LONGEST_FOOTER)),
  );
  const match = FOOTER.exec(head);
  if (!match) return undefined;
  const type = TYPES[match[1] ?? match[3]!]!;
  const shape = (match[2] ?? match[4]!)
    .split(/[,x]/)
    .filter((text) => text !== '')
    .map(Number);
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (shape.length === 0 || !Number.isSafeInteger(size) || size < 2) return undefined;
  const above = yield* partsAbove(bytes, start, from, size);
  if (!above) return undefined;
  const printer = above.isR ? 'r' : 'libtorch';
  const read = yield* tensorOf(bytes, above.parts, shape, above.found === size || above.hasDots ? size : 0);
  const { node, digits, dots, factor } = read ?? { digits: new Digits(), factor: 1 };
  const isWhole = /^(u?int|bool)/.test(type);
  return {
    kind: 'tensor',
    printer,
    isLiteral: false,
    shape,
    type,
    isWhole,
    start: above.start,
    end: footer.end,
    ...(above.isParameter && { isParameter: true }),
    decimals: digits.decimals,
    rounding: isWhole ? 0 : digits.rounding * factor,
    read: readOf(node && { ...node, start: above.start, end: footer.end }, dots, {
      offset: above.start,
      printer,
      shape,
      found: above.found,
    }),
  };
}

function readOf(
  node: TensorNode | undefined,
  dots: number | undefined,
  { offset, printer, shape, found }: Facts,
): Outcome<TensorNode, ReadProblem> {
  if (dots !== undefined) return failure({ reason: 'summarised', offset: dots, printer });
  return node ? success(node) : failure({ reason: 'shape-count', offset, name: 'tensor', shape, found });
}

interface Facts {
  readonly offset: number;
  readonly printer: Printer;
  readonly shape: readonly number[];
  readonly found: number;
}

function mayBeFooter(bytes: Uint8Array, start: number): boolean {
  let i = start;
  while (bytes[i] === 0x20) i++;
  return bytes[i] === OPEN && (bytes[i + 1] === 0x20 || bytes[i + 1] === 0x74);
}

interface Above {
  readonly parts: readonly Part[];
  readonly start: number;
  readonly isR: boolean;
  readonly isParameter: boolean;
  /** How many numbers there are. */
  readonly found: number;
  readonly hasDots: boolean;
}

/** The lines above, from the first on, that have as many numbers together; undefined if they haven't. */
function* partsAbove(bytes: Uint8Array, start: number, from: number, size: number): Work<Above | undefined> {
  const parts: Part[] = [];
  let found = 0;
  let first = start;
  let nextYield = start - SLICE;
  let hasDots = false;
  let line = lineBefore(bytes, start);
  for (; line && line.start >= from && found < size; line = lineBefore(bytes, line.start)) {
    if (line.start <= nextYield) {
      yield 0.5;
      nextYield = line.start - SLICE;
    }
    const part = partOf(bytes, line);
    if (!part) break;
    parts.push(...part.toReversed());
    for (const each of part) if (each.kind === 'row') found += each.count;
    hasDots ||= part.some(({ kind }) => kind === 'dots');
    if (part[0]!.kind !== 'blank') first = line.start;
  }
  if (found === 0 && !hasDots) return undefined;
  // What stands right above belongs to it: the first block's head, a factor, a slice's head.
  for (; line && line.start >= from; line = lineBefore(bytes, line.start)) {
    const part = partOf(bytes, line);
    const kind = part?.[0]?.kind;
    if (!part || part.length > 1 || (kind !== 'columns' && kind !== 'scale' && kind !== 'slice')) break;
    parts.push(...part);
    first = line.start;
  }
  while (line && line.start >= from && line.end === line.start) line = lineBefore(bytes, line.start);
  const title = line && line.start >= from ? TITLE.exec(shortText(bytes, line)) : null;
  const [isR, isParameter] = [title?.[1] !== undefined, title?.[2] !== undefined];
  return { parts: parts.toReversed(), start: title ? line!.start : first, isR, isParameter, found, hasDots };
}

function shortText(bytes: Uint8Array, { start, end }: PrintedLine): string {
  return end - start > LONGEST_HEAD ? '' : wordText(bytes, { start, end });
}

/** What a line has; undefined if it's no part of a tensor. */
function partOf(bytes: Uint8Array, line: PrintedLine): readonly Part[] | undefined {
  if (line.end - line.start > LONGEST_LINE) return undefined;
  const head = wordText(bytes, { start: line.start, end: Math.min(line.end, line.start + LONGEST_HEAD) });
  const columns = COLUMNS.exec(head);
  if (columns) {
    const part: Part = { kind: 'columns', first: Number(columns[1]), last: Number(columns[2]) };
    const from = line.start + columns[0].length;
    const count = countNumbers(bytes, from, line.end);
    if (count === 0) return [part];
    return count === undefined ? undefined : [part, { kind: 'row', line, from, count }];
  }
  if (TRUNCATED.test(head)) return [{ kind: 'dots', offset: line.start + head.indexOf('.') }];
  const words = head.trim();
  if (words === '') return [{ kind: 'blank' }];
  if (SLICE_HEAD.test(words)) return [{ kind: 'slice' }];
  const scale = SCALE.exec(head);
  if (scale) return [{ kind: 'scale', factor: Number(scale[1]) }];
  const count = countNumbers(bytes, line.start, line.end);
  if (count !== undefined) return [{ kind: 'row', line, from: line.start, count }];
  const dots = wordsOf(bytes, line).find((word) => isDots(bytes, word) || isVerticalDots(bytes, word));
  return dots && /^[-\s\d.e+…⋮⋱infa]*$/.test(head) ? [{ kind: 'dots', offset: dots.start }] : undefined;
}

/** "⋮" or "⋱". */
function isVerticalDots(bytes: Uint8Array, { start }: { readonly start: number }): boolean {
  return (
    bytes[start] === 0xe2 &&
    bytes[start + 1] === 0x8b &&
    (bytes[start + 2] === 0xae || bytes[start + 2] === 0xb1)
  );
}

/** How many numbers there are, if there is nothing else. */
function countNumbers(bytes: Uint8Array, from: number, end: number): number | undefined {
  const cursor = new Cursor(bytes, from, end, { printing: PRINTING });
  for (let count = 0; ; count++) {
    while (cursor.offset < end && bytes[cursor.offset]! <= 0x20) cursor.offset++;
    if (cursor.offset === end) return count;
    if (readNumber(cursor) === undefined) return undefined;
    if (cursor.offset < end && bytes[cursor.offset]! > 0x20 && bytes[cursor.offset] !== 0x2d)
      return undefined;
  }
}

interface Read {
  readonly node: TensorNode;
  readonly digits: Digits;
  readonly dots: number | undefined;
  /** What the numbers were multiplied by, at most. */
  readonly factor: number;
}

/** Puts the numbers where the blocks say they are. Undefined if they don't fill the shape. */
function* tensorOf(
  bytes: Uint8Array,
  parts: readonly Part[],
  shape: readonly number[],
  size: number,
): Work<Read | undefined> {
  const digits = new Digits();
  const isVector = shape.length === 1;
  const columns = isVector ? 1 : shape.at(-1)!;
  const rows = isVector ? size : shape.at(-2)!;
  const dots = parts.find((part) => part.kind === 'dots')?.offset;
  const empty: TensorNode = {
    type: 'tensor',
    values: new Float32Array(0),
    shape,
    decimals: 0,
    spans: new Float64Array(0),
    flaw: undefined,
    start: 0,
    end: 0,
  };
  if (dots !== undefined) return { node: empty, digits, dots, factor: 1 };
  if (size === 0) return undefined;
  const values = new Float32Array(size);
  const spans = new Float64Array(2 * (size / columns));
  const cursor = new Cursor(bytes, 0, bytes.length, { printing: PRINTING });
  let [slice, row, column, width, factor, filled] = [0, 0, 0, columns, 1, 0];
  let base: number | undefined;
  let most = 0;
  for (const [i, part] of parts.entries()) {
    if (i % 1024 === 0) yield i / parts.length;
    if (part.kind === 'slice') {
      if (filled > 0) slice++;
      [row, column, width, factor] = [0, 0, columns, 1];
    } else if (part.kind === 'scale') factor = part.factor;
    else if (part.kind === 'columns') {
      base ??= part.first === 0 ? 0 : 1;
      [row, column, width] = [0, part.first - base, part.last - part.first + 1];
    } else if (part.kind === 'row') {
      if (part.count !== width || row === rows || column + width > columns || width < 1) return undefined;
      const at = (slice * rows + row) * columns + column;
      if (at + width > size) return undefined;
      cursor.offset = part.from;
      for (let k = 0; k < width; k++) {
        while (bytes[cursor.offset]! <= 0x20) cursor.offset++;
        const value = readNumber(cursor)!;
        digits.take(value, cursor.written);
        values[at + k] = value * factor;
      }
      if (column === 0) {
        spans[2 * (slice * rows + row)] = part.line.start;
        spans[2 * (slice * rows + row) + 1] = part.line.end;
      }
      most = Math.max(most, factor);
      filled += width;
      row++;
    }
  }
  if (filled !== size) return undefined;
  const { decimals } = digits;
  // All on their own are [start, end) of one list.
  const all = isVector ? Float64Array.of(spans[0]!, spans.at(-1)!) : spans;
  return { node: { ...empty, values, spans: all, decimals }, digits, dots, factor: most };
}
