import { SLICE, type Work } from '../../../loss/work.ts';
import type { TensorNode } from '../../json/jsonNodes.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { readCodeNumber } from '../../text/codeNumbers.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { growableDoubles } from '../../text/growable.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import { type PrintedLine, type PrintedWord, printedLineAt, wordsOf, wordText } from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';

/** "logits =", "net.out =", with nothing behind it. */
const HEAD = /^\s*([A-Za-z]\w{0,62}(?:\.[A-Za-z]\w{0,62}){0,3}(?:\(:,:,\d{1,9}\))?)\s*=\s*$/;
const LONGEST_HEAD = 160;
const LONGEST_LINE = 1 << 16;
/** "2×3 single matrix", "4x1 uint8 column vector": what some versions say first. */
const CLASS = /^\s*\d+(?:×|x)\d+ (?:(single|double|logical|u?int(?:8|16|32|64)) )?(?:[a-z]+ ){0,2}[a-z]+$/;
/** "4×1 categorical array": its numbers are the names of categories. */
const CATEGORICAL = /\bcategorical\b/;
/** "1.0e+03 *": a factor of all the numbers that follow. */
const SCALE = /^\s*(\d+(?:\.\d+)?e[+-]\d+)\s*\*\s*$/;
/** "Columns 1 through 8", of Octave with a colon; the last are "Columns 9 and 10", or "Column 9". */
const COLUMNS = /^\s*Columns? (\d{1,9})(?:(?: through | to | and )(\d{1,9}))?:?\s*$/;
const PRINTING: Printing = { printer: 'matlab', commas: false, rounds: true };
/** Other lines than rows have no more. */
const MOST_WORDS = 6;
const EQUALS = 0x3d;

/** Columns that are printed together: `width` from `first` on, counted from 0. */
interface Block {
  /** It says which columns it has. */
  readonly isHeaded: boolean;
  readonly first: number;
  readonly width: number;
  rows: number;
}

/** What stands below the head. */
interface Body {
  readonly blocks: readonly Block[];
  /** Row by row, block by block. */
  readonly numbers: Float64Array;
  /** [start, end) of the rows of the first block. */
  readonly spans: Float64Array;
  readonly type: string | undefined;
  readonly isCategorical: boolean;
  readonly factor: number;
  readonly digits: Digits;
  /** A row that hasn't as many numbers as those above. */
  readonly ragged: ReadProblem | undefined;
  readonly end: number;
}

/**
 * A matrix as MATLAB and Octave show it, with its name on the line that starts at `start`: its rows stand below, one a line, those of a
 * wide one in several blocks of columns. In both, what counts classes begins at 1. Undefined if it's none.
 */
export function* readMatlabArray(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<FoundTensor | undefined> {
  const head = printedLineAt(bytes, start, limit);
  if (head.end - head.start > LONGEST_HEAD || !endsWithEquals(bytes, head)) return undefined;
  const ownName = HEAD.exec(wordText(bytes, head))?.[1];
  if (ownName === undefined) return undefined;
  const body = yield* readBody(bytes, head, limit);
  const { blocks, numbers, type, digits, end } = body;
  if (numbers.length < 2) return undefined;
  const shape = [blocks[0]!.rows, blocks.reduce((sum, { width }) => sum + width, 0)];
  const isWhole = type === undefined ? digits.whole : /^(?:u?int|logical)/.test(type);
  // Labels may lie in a row as well as in a column.
  const axes = isWhole && shape[0] === 1 ? [shape[1]!] : shape;
  const read = yield* matrixOf(body, shape, start);
  return {
    kind: 'array',
    ownName,
    printer: 'matlab',
    isLiteral: false,
    shape: axes,
    type: type === 'logical' ? 'bool' : (TYPES[type ?? ''] ?? type ?? (isWhole ? 'int' : 'float')),
    isWhole,
    start,
    end,
    decimals: decimalsOf(body),
    rounding: isWhole ? 0 : digits.rounding * body.factor,
    firstIndex: 1,
    read: read.ok ? success({ ...read.value, shape: axes }) : read,
  };
}

const TYPES: Readonly<Record<string, string>> = { single: 'float32', double: 'float64' };

function* readBody(bytes: Uint8Array, head: PrintedLine, limit: number): Work<Body> {
  const fraction = () => Math.max(0.01, (line.start - head.start) / (limit - head.start));
  const [numbers, spans] = [growableDoubles(fraction), growableDoubles(fraction)];
  const digits = new Digits();
  const blocks: Block[] = [];
  let [type, factor, end]: [string | undefined, number, number] = [undefined, 1, head.end];
  let isCategorical = false;
  let ragged: ReadProblem | undefined;
  let hasEnded = false;
  let nextYield = head.start;
  let line = printedLineAt(bytes, head.next, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    if (line.end - line.start > LONGEST_LINE) break;
    const words = wordsOf(bytes, line);
    const last = blocks.at(-1);
    // An empty line ends the rows; another block of columns may follow.
    if (words.length === 0) hasEnded ||= last !== undefined && last.rows > 0;
    const text = words.length > 0 && words.length <= MOST_WORDS ? wordText(bytes, line) : '';
    const columns = COLUMNS.exec(text);
    const scale = numbers.length === 0 ? SCALE.exec(text) : null;
    const described = blocks.length === 0 ? CLASS.exec(text) : null;
    if (columns && last?.rows !== 0) {
      const first = Number(columns[1]) - 1;
      blocks.push({ first, width: Number(columns[2] ?? columns[1]) - first, rows: 0, isHeaded: true });
      hasEnded = false;
    } else if (scale) factor = Number(scale[1]);
    else if (described) {
      type = described[1];
      isCategorical = CATEGORICAL.test(text);
    } else if (words.length > 0) {
      const row = hasEnded ? undefined : numbersIn(bytes, words, digits);
      if (!row) break;
      const block = last ?? { first: 0, width: row.length, rows: 0, isHeaded: false };
      if (!last) blocks.push(block);
      if (row.length !== block.width)
        ragged ??= {
          reason: 'ragged',
          offset: line.start,
          row: block.rows,
          found: row.length,
          expected: block.width,
        };
      for (const value of row) numbers.push(value);
      block.rows++;
      end = line.end;
      if (blocks.length > 1) continue;
      spans.push(line.start);
      spans.push(line.end);
    }
  }
  const found = { numbers: numbers.toArray(), spans: spans.toArray() };
  return { blocks, ...found, type, isCategorical, factor, digits, ragged, end };
}

/** What a factor of 100 has before the point is behind it in the numbers that are printed. */
function decimalsOf({ digits, factor }: Pick<Body, 'digits' | 'factor'>): number {
  return Math.max(0, digits.decimals - Math.round(Math.log10(factor)));
}

function endsWithEquals(bytes: Uint8Array, { start, end }: PrintedLine): boolean {
  let last = end - 1;
  while (last > start && bytes[last]! <= 0x20) last--;
  return bytes[last] === EQUALS;
}

/** The numbers of a row; undefined if there is anything else. */
function numbersIn(
  bytes: Uint8Array,
  words: readonly PrintedWord[],
  digits: Digits,
): readonly number[] | undefined {
  const row: number[] = [];
  for (const word of words) {
    const cursor = new Cursor(bytes, word.start, word.end, { printing: PRINTING });
    const value = readNumber(cursor) ?? readCodeNumber(cursor);
    if (value === undefined || cursor.offset !== word.end) return undefined;
    digits.take(value, cursor.written);
    row.push(value);
  }
  return row;
}

/** The blocks side by side. A block that says which columns it has is never the only one: the others are missing then. */
function* matrixOf(
  body: Body,
  shape: readonly number[],
  start: number,
): Work<Outcome<TensorNode, ReadProblem>> {
  const { blocks, numbers, spans, isCategorical, factor, ragged, end } = body;
  if (ragged) return failure(ragged);
  if (blocks.length === 1 && blocks[0]!.isHeaded)
    return failure({ reason: 'truncated', offset: end, openedAt: start });
  // Digits may be called 0 to 9 as well as 1 to 10: without a 0 nobody knows.
  if (isCategorical && !numbers.includes(0))
    return failure({
      reason: 'target-name',
      offset: spans[0]!,
      row: 0,
      found: String(numbers[0]),
      named: false,
    });
  const [rows, columns] = [shape[0]!, shape[1]!];
  const values = new Float32Array(numbers.length);
  let [next, at, nextYield] = [0, 0, 0];
  for (const { first, width, rows: own } of blocks) {
    if (first !== next) return failure({ reason: 'truncated', offset: end, openedAt: start });
    if (own !== rows)
      return failure({ reason: 'shape-count', offset: start, name: 'matrix', shape, found: numbers.length });
    for (let row = 0; row < rows; row++) {
      if (at >= nextYield) {
        yield at / numbers.length;
        nextYield = at + SLICE;
      }
      for (let k = 0; k < width; k++) values[row * columns + first + k] = numbers[at++]! * factor;
    }
    next += width;
  }
  const decimals = decimalsOf(body);
  return success({ type: 'tensor', values, shape, decimals, spans, flaw: undefined, start, end });
}
