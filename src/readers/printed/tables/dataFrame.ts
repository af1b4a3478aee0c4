import { SLICE, type Work } from '../../../loss/work.ts';
import { isLikeNumber } from '../../table/looseNumber.ts';
import {
  isDots,
  isNumber,
  type PrintedLine,
  type PrintedWord,
  printedLineAt,
  wordsOf,
  wordText,
} from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import { type CellSpan, LONGEST_LINE } from './tableLines.ts';
import { TableRows } from './tableRows.ts';

const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** The columns of a frame that stand side by side; wider frames are printed in several blocks, one below the other. */
interface Block {
  readonly names: readonly string[];
  readonly cells: Float64Array;
  readonly rows: Float64Array;
  readonly dots: number | undefined;
  /** "\" at the end of the header: there is another block. */
  readonly goesOn: boolean;
  /** Rows are counted as R counts those of a matrix: [1,] [2,] */
  readonly isR: boolean;
  readonly end: number;
}

/** A pandas DataFrame as it is printed, with its header on the line that starts at `start`; undefined if it's none. */
export function* readDataFrame(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  const first = yield* readBlock(bytes, printedLineAt(bytes, start, limit), limit);
  if (!first) return undefined;
  const blocks = [first];
  for (let last = first; ; ) {
    const goesOn = last.goesOn || first.isR;
    let header = printedLineAt(bytes, printedLineAt(bytes, last.end, limit).next, limit);
    while (goesOn && header.start < limit && wordsOf(bytes, header).length === 0)
      header = printedLineAt(bytes, header.next, limit);
    if (!goesOn && (bytes[header.start] !== 0x20 || header.start >= limit)) break;
    const block = yield* readBlock(bytes, header, limit);
    if (block?.rows.length !== first.rows.length || block.isR !== first.isR) break;
    if (!goesOn && !isWrapped(bytes, last, block)) break;
    blocks.push(block);
    last = block;
  }
  const names = blocks.flatMap((block) => block.names);
  const dots = blocks.find((block) => block.dots !== undefined)?.dots;
  return {
    names,
    cells: sideBySide(blocks),
    rows: first.rows,
    dots,
    printer: first.isR ? 'r' : 'pandas',
    start,
    end: blocks.at(-1)!.end,
  };
}

/** The least columns of characters that R prints in, unless someone has set it. */
const R_WIDTH = 80;

/** True for two blocks of a frame of R: the first column of the second had no room any more, and rows are counted from 1. */
function isWrapped(bytes: Uint8Array, before: Block, block: Block): boolean {
  const [start, end] = [before.rows[0]!, before.rows[1]!];
  const [from, to] = [block.cells[0]!, block.cells[1]!];
  if (end - start + 1 + to - from <= R_WIDTH) return false;
  const labels = labelsOf(bytes, block);
  return (labels === '1' || labels.startsWith('1\n2')) && labels === labelsOf(bytes, before);
}

/** What rows begin with. */
function labelsOf(bytes: Uint8Array, { rows }: Block): string {
  const labels: string[] = [];
  for (let i = 0; i < rows.length; i += 2) {
    const [start, end] = [rows[i]!, rows[i + 1]!];
    let to = start;
    while (to < end && bytes[to]! > 0x20) to++;
    labels.push(wordText(bytes, { start, end: to }));
  }
  return labels.join('\n');
}

function* readBlock(bytes: Uint8Array, header: PrintedLine, limit: number): Work<Block | undefined> {
  if (header.end - header.start > LONGEST_LINE) return undefined;
  let line = printedLineAt(bytes, header.next, limit);
  // The index may have a name, on a line of its own.
  const indexName = isWord(bytes, line) ? line : undefined;
  if (indexName) line = printedLineAt(bytes, line.next, limit);
  if (line.end === line.start || line.end - line.start > LONGEST_LINE) return undefined;
  const words = wordsOf(bytes, header);
  const last = words.at(-1);
  if (!last) return undefined;
  const goesOn = isBackslash(bytes, last);
  const columns = columnsOf(bytes, header, goesOn ? words.slice(0, -1) : words, cellsIn(bytes, line));
  if (!columns) return undefined;
  const isNamed = indexName !== undefined || isDescription(bytes, line, limit);
  const index = isNamed ? (indexName ? wordText(bytes, indexName).trim() : '') : undefined;
  const fraction = () => Math.max(0.01, (line.start - header.start) / (limit - header.start));
  const rows = new TableRows(fraction);
  const isR = wordText(bytes, wordsOf(bytes, line)[0] ?? { start: 0, end: 0 }) === '[1,]';
  let dots = words.find((word) => isDots(bytes, word))?.start;
  let end = line.start;
  let next = header.start;
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start > next) {
      yield line.start / limit;
      next = line.start + SLICE;
    }
    const inRow = cellsIn(bytes, line);
    dots ??= inRow.find((word) => isDots(bytes, word))?.start;
    // A row of dots stands for the rows that were left out.
    if (inRow.length > 0 && inRow.every((word) => isDots(bytes, word))) continue;
    const values = inRow.slice(-columns.ends.length);
    if (values.length < columns.ends.length || values.some(({ column }, k) => column !== columns.ends[k]))
      break;
    rows.add(line, index === undefined ? values : [labelIn(inRow, columns.ends.length, line), ...values]);
    end = line.end;
  }
  return {
    names: index === undefined ? columns.names : [index, ...columns.names],
    ...rows.places(),
    dots,
    goesOn,
    isR,
    end,
  };
}

/** The words of a row, those of a list in brackets as one. */
function cellsIn(bytes: Uint8Array, line: PrintedLine): readonly PrintedWord[] {
  const words = wordsOf(bytes, line);
  if (!words.some(({ start }) => bytes[start] === OPEN)) return words;
  const cells: PrintedWord[] = [];
  let opened: PrintedWord | undefined;
  for (const word of words) {
    opened ??= bytes[word.start] === OPEN ? word : undefined;
    const isClosed = bytes[word.end - 1] === CLOSE;
    if (!opened) cells.push(word);
    else if (isClosed) cells.push({ ...word, start: opened.start });
    if (isClosed) opened = undefined;
  }
  // A bracket that isn't closed on its line is something else.
  return opened ? words : cells;
}

const STATISTIC = /^(?:count|mean|std|min|max|median|sum|var|25%)$/;

/** True where `DataFrame.describe` or `agg` begins: its rows are statistics, which say so. */
function isDescription(bytes: Uint8Array, first: PrintedLine, limit: number): boolean {
  const labels = [first, printedLineAt(bytes, first.next, limit)].map((line) => wordsOf(bytes, line)[0]);
  return labels.every((word) => word !== undefined && STATISTIC.test(wordText(bytes, word)));
}

/** The words of a row before its cells: what the index has there. */
function labelIn(inRow: readonly PrintedWord[], cells: number, { start }: PrintedLine): CellSpan {
  const before = inRow.slice(0, -cells);
  return { start: before[0]?.start ?? start, end: before.at(-1)?.end ?? start };
}

function isBackslash(bytes: Uint8Array, { start, end }: PrintedWord): boolean {
  return end - start === 1 && bytes[start] === BACKSLASH;
}

/** True if there is one word on a line, at its start. */
function isWord(bytes: Uint8Array, line: PrintedLine): boolean {
  if (line.end === line.start || line.end - line.start > LONGEST_LINE || bytes[line.start]! <= 0x20)
    return false;
  return wordsOf(bytes, line).length === 1;
}

interface Columns {
  readonly names: readonly string[];
  /** Where each ends, in characters: header and values are aligned to the right. */
  readonly ends: readonly number[];
}

/** The columns by the first line of values, after an index; undefined if they and the header don't make a table. */
function columnsOf(
  bytes: Uint8Array,
  header: PrintedLine,
  titles: readonly PrintedWord[],
  values: readonly PrintedWord[],
): Columns | undefined {
  const dots = titles.findIndex((word) => isDots(bytes, word));
  if (dots !== -1) return afterDots(bytes, titles.slice(dots + 1), values);
  const ends = new Set(titles.map(({ column }) => column));
  let count = 0;
  while (count < values.length && ends.has(values[values.length - 1 - count]!.column)) count++;
  const index = values[0];
  // What stands over the index is the name of all columns; without an index numbers begin each line.
  const overIndex = titles[0]?.start === header.start;
  if (count === values.length && index && (overIndex || !isNumber(wordText(bytes, index)))) count--;
  const columns = values.slice(values.length - count);
  if (count === 0 || titles.at(-1)?.column !== columns.at(-1)!.column) return undefined;
  if (!columns.some((word) => isNumber(wordText(bytes, word).replace(/%$/, '')))) return undefined;
  const named = overIndex && count < values.length ? titles.slice(1) : titles;
  const names: string[] = [];
  let title = 0;
  for (const { column } of columns) {
    const words: string[] = [];
    for (; title < named.length && named[title]!.column <= column; title++)
      words.push(wordText(bytes, named[title]!));
    names.push(words.join(' '));
  }
  // "|" is Markdown.
  if (names.some((name) => name === '' || name.startsWith('|'))) return undefined;
  // Numbers over numbers are rows of something else, but for columns that are just counted.
  const isNamed = !overIndex || !isNumber(wordText(bytes, titles[0]!));
  const areDigits = names.every((name, k) => (overIndex ? name === String(k) : /^\d+$/.test(name)));
  const isCounted = isNamed && count < values.length && areDigits;
  const numbers = titles.map((title) => wordText(bytes, title)).filter(isLikeNumber);
  const isRow = overIndex && count === 1 && isNumber(wordText(bytes, titles.at(-1)!));
  if (!isCounted && (isRow || numbers.some((text) => !/^\d+$/.test(text)) || names.some(isNumber)))
    return undefined;
  return { names, ends: columns.map(({ column }) => column) };
}

/** Of a frame without all of its columns those after the dots: what stands over them may be out of line. */
function afterDots(
  bytes: Uint8Array,
  titles: readonly PrintedWord[],
  values: readonly PrintedWord[],
): Columns | undefined {
  const dots = values.findIndex((word) => isDots(bytes, word));
  const columns = values.slice(dots + 1);
  if (dots === -1 || titles.length === 0 || columns.length !== titles.length) return undefined;
  const names = titles.map((word) => wordText(bytes, word));
  // Rows of an array aren't names, be they cut short as those of a frame.
  if (names.some((name) => (isNumber(name) ? !/^\d+$/.test(name) : /^[[(]|[\])],?$/.test(name))))
    return undefined;
  return { names, ends: columns.map(({ column }) => column) };
}

/** The cells of all blocks, row by row. */
function sideBySide(blocks: readonly Block[]): Float64Array {
  if (blocks.length === 1) return blocks[0]!.cells;
  const all = new Float64Array(blocks.reduce((sum, { cells }) => sum + cells.length, 0));
  const rows = blocks[0]!.rows.length / 2;
  let filled = 0;
  for (let row = 0; row < rows; row++) {
    for (const { cells, names } of blocks) {
      all.set(cells.subarray(2 * row * names.length, 2 * (row + 1) * names.length), filled);
      filled += 2 * names.length;
    }
  }
  return all;
}
