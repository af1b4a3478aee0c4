import type { Work } from '../../../loss/work.ts';
import { growableDoubles } from '../../text/growable.ts';
import { isDots } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';

interface Cell {
  readonly isHeader: boolean;
  /** Byte offsets of its content, without the white space around it. */
  readonly start: number;
  readonly end: number;
}

interface Row {
  readonly cells: readonly Cell[];
  readonly start: number;
  readonly end: number;
}

/** A type of polars. */
const TYPE =
  /^(?:[iuf](?:8|16|32|64|128)|str|bool|cat|enum|date|time|null|binary|object|(?:datetime|duration|list|array|struct|decimal)\b.{0,60})$/;
const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const LONGEST_TAG = 16;
/** How far to look for the next row between two yields. */
const STRETCH = 1 << 13;
const decoder = new TextDecoder();

/** True if a table of HTML begins at `offset`. */
export function startsHtmlTable(bytes: Uint8Array, offset: number): boolean {
  return bytes[offset] === LESS && tagAt(bytes, offset) === 'table';
}

/** The table of HTML that begins at `start`, as pandas writes it; nothing of it is run. `table` is undefined if it has no values. */
export function* readHtmlTable(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<{ readonly table: PrintedTable | undefined; readonly next: number }> {
  const cells = growableDoubles(() => 0.5);
  const rows = growableDoubles(() => 0.5);
  let titles: readonly Cell[] = [];
  let width = 0;
  let indexName: Cell | undefined;
  let dots: number | undefined;
  let next = start + 1;
  for (const row of rowsIn(bytes, start, limit)) {
    if (typeof row === 'number') {
      yield row / limit;
      continue;
    }
    next = row.end;
    const values = row.cells.filter(({ isHeader }) => !isHeader);
    dots ??= row.cells.find((cell) => isDots(bytes, cell))?.start;
    if (width === 0 && values.length === 0) {
      // The name of the index has a row of its own, with nothing over the columns.
      if (row.cells.at(-1)!.end > row.cells.at(-1)!.start) titles = row.cells;
      else [indexName] = row.cells;
      continue;
    }
    // A row of dots stands for the rows that were left out.
    if (values.every((cell) => isDots(bytes, cell))) continue;
    // polars has the types of its columns below their names.
    if (width === 0 && values.every((cell) => TYPE.test(cellText(bytes, cell)))) continue;
    if (width === 0) {
      width = values.length;
      // With a name the index is a column; of several levels none is.
      if (row.cells.length !== width + 1 || indexName?.start === indexName?.end) indexName = undefined;
    }
    const inRow = indexName ? row.cells : values;
    if (values.length !== width || inRow.length !== width + (indexName ? 1 : 0)) break;
    for (const { start: from, end } of inRow) {
      cells.push(from);
      cells.push(end);
    }
    rows.push(row.start);
    rows.push(row.end);
  }
  const end = Math.max(next, endOfTable(bytes, next, limit));
  const names = titles.slice(-width).map((title) => cellText(bytes, title));
  if (width === 0 || names.length !== width) return { table: undefined, next: end };
  return {
    table: {
      names: indexName ? [cellText(bytes, indexName), ...names] : names,
      cells: cells.toArray(),
      rows: rows.toArray(),
      dots,
      printer: 'pandas',
      isHtml: true,
      start,
      end,
    },
    next: end,
  };
}

/** The rows up to the end of the table; those without cells are left out. On the way, now and then, how far it is. */
function* rowsIn(bytes: Uint8Array, start: number, limit: number): Generator<Row | number> {
  let row: { cells: Cell[]; start: number } | undefined;
  let open: { isHeader: boolean; start: number } | undefined;
  let nextPause = start;
  let position = bytes.indexOf(LESS, start);
  while (position !== -1 && position < limit) {
    if (position >= nextPause) {
      yield position;
      nextPause = position + STRETCH;
    }
    const tag = tagAt(bytes, position);
    const isCell = tag === 'td' || tag === 'th';
    if (!isCell && !/^(\/td|\/th|tr|\/tr|\/table)$/.test(tag)) {
      position = bytes.indexOf(LESS, position + 1);
      continue;
    }
    if (open) row?.cells.push({ isHeader: open.isHeader, ...trimmed(bytes, open.start, position) });
    const after = bytes.indexOf(GREATER, position) + 1;
    if (after === 0 || after > limit) return;
    open = isCell ? { isHeader: tag === 'th', start: after } : undefined;
    if (!isCell && tag !== '/td' && tag !== '/th') {
      if (row && row.cells.length > 0) yield { ...row, end: tag === '/tr' ? after : position };
      if (tag === '/table') return;
      row = tag === 'tr' ? { cells: [], start: position } : undefined;
    }
    // What looks like a tag within a tag is a part of that.
    position = bytes.indexOf(LESS, after);
  }
}

function endOfTable(bytes: Uint8Array, start: number, limit: number): number {
  for (
    let position = bytes.indexOf(LESS, start);
    position !== -1 && position < limit;
    position = bytes.indexOf(LESS, position + 1)
  )
    if (tagAt(bytes, position) === '/table')
      return Math.min(limit, bytes.indexOf(GREATER, position) + 1 || limit);
  return limit;
}

/** The name of the tag at `offset`, in lower case, with its slash; empty if it's none. */
function tagAt(bytes: Uint8Array, offset: number): string {
  const isClosing = bytes[offset + 1] === SLASH;
  const start = offset + (isClosing ? 2 : 1);
  let name = '';
  for (let i = start; i < offset + LONGEST_TAG; i++) {
    const letter = bytes[i]! | 0x20;
    const isDigit = letter >= 0x30 && letter <= 0x39 && i > start;
    if (!isDigit && !(letter >= 0x61 && letter <= 0x7a)) break;
    name += String.fromCharCode(letter);
  }
  return name === '' || !isClosing ? name : `/${name}`;
}

function trimmed(bytes: Uint8Array, from: number, to: number): { start: number; end: number } {
  let [start, end] = [from, to];
  while (start < end && bytes[start]! <= 0x20) start++;
  while (end > start && bytes[end - 1]! <= 0x20) end--;
  return { start, end };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };

/** The text of a cell: without tags in it, entities as what they stand for. */
export function cellText(bytes: Uint8Array, { start, end }: Pick<Cell, 'start' | 'end'>): string {
  const text = decoder.decode(bytes.subarray(start, end)).replace(/<[^<>]*>/g, '');
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}
