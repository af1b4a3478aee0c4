import { SLICE, type Work } from '../../../loss/work.ts';
import { printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import type { CellSpan } from './tableLines.ts';
import { TableRows } from './tableRows.ts';

/** "INSERT INTO preds (id, cat, dog) VALUES", with the first row behind it or below. */
const HEAD = /^\s*insert\s+into\s+([\w."`[\]]{1,120})\s*(?:\(([^()]{1,4000})\)\s*)?values\s*(?=\()/i;
const LONGEST_HEAD = 1 << 12;
const LF = 0x0a;
const OPEN_TUPLE = 0x28;
const CLOSE_TUPLE = 0x29;
const COMMA = 0x2c;
const QUOTE = 0x27;
const SEMICOLON = 0x3b;
const MOST_COLUMNS = 1 << 12;
/** How far behind a row that can't be read the next statement is looked for. */
const LONGEST_ROW = 1 << 14;

/**
 * The rows that statements of SQL put into a table, one statement or several; undefined if none begins at `start`. A row that can't be
 * read is in each of its cells: without it the table would have fewer rows, and nobody would know.
 */
export function* readInsertedRows(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if (!mayBeHead(bytes, start)) return undefined;
  const first = headAt(bytes, start, limit);
  if (!first) return undefined;
  const rows = new TableRows(() => Math.max(0.01, (i - start) / (limit - start)));
  const head = bytes.subarray(start, first.end);
  let columns = first.names?.length;
  let end = start;
  let nextYield = start;
  let i = first.end;
  for (;;) {
    if (i >= nextYield) {
      yield i / limit;
      nextYield = i + SLICE;
    }
    const cells = tupleAt(bytes, i, limit);
    columns ??= cells?.length;
    if (columns === undefined) return undefined;
    const from = i;
    const isRead = cells?.length === columns;
    end = isRead ? cells.at(-1)!.after : printedLineAt(bytes, i, limit).end;
    rows.add({ start: from, end }, isRead ? cells : Array(columns).fill({ start: from, end }));
    i = isRead ? skipSpace(bytes, end, limit) : nextLike(bytes, head, end, limit);
    if (bytes[i] === COMMA) {
      i = skipSpace(bytes, i + 1, limit);
      continue;
    }
    if (bytes[i] === SEMICOLON) i = skipSpace(bytes, i + 1, limit);
    // One row a statement, as sqlite3 and dumps have them.
    if (startsWith(bytes, head, i)) i += head.length;
    else {
      const next = mayBeHead(bytes, i) ? headAt(bytes, i, limit) : undefined;
      if (next?.table !== first.table || next.names?.join() !== first.names?.join()) break;
      i = next.end;
    }
  }
  const isNamed = first.names !== undefined;
  const names = first.names ?? Array.from({ length: columns }, (_, column) => String(column));
  return { names, isNameless: !isNamed, ...rows.places(), dots: undefined, printer: 'table', start, end };
}

function startsWith(bytes: Uint8Array, head: Uint8Array, at: number): boolean {
  return head.every((byte, i) => bytes[at + i] === byte);
}

/** Where the next statement with the same head begins; `from` if none is near. */
function nextLike(bytes: Uint8Array, head: Uint8Array, from: number, limit: number): number {
  const until = Math.min(limit, from + LONGEST_ROW);
  for (let line = printedLineAt(bytes, from, limit); line.next < until; ) {
    if (startsWith(bytes, head, line.next)) return line.next;
    line = printedLineAt(bytes, line.next, limit);
  }
  return from;
}

function mayBeHead(bytes: Uint8Array, start: number): boolean {
  let i = start;
  while (bytes[i] === 0x20) i++;
  return (bytes[i]! | 0x20) === 0x69 && (bytes[i + 1]! | 0x20) === 0x6e && (bytes[i + 2]! | 0x20) === 0x73;
}

interface Head {
  readonly table: string;
  readonly names: readonly string[] | undefined;
  /** Where the first row begins. */
  readonly end: number;
}

function headAt(bytes: Uint8Array, start: number, limit: number): Head | undefined {
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, Math.min(limit, start + LONGEST_HEAD)));
  const match = HEAD.exec(text);
  if (!match) return undefined;
  const end = start + match[0].length;
  if (match[2] === undefined) return { table: match[1]!, names: undefined, end };
  const written = wordText(bytes, { start, end });
  const list = written.slice(written.indexOf('(') + 1, written.lastIndexOf(')'));
  const names = list.split(',').map((name) => name.trim().replace(/^["`[]|["`\]]$/g, ''));
  return { table: match[1]!, names, end };
}

interface Cell extends CellSpan {
  /** What follows the comma or the parenthesis behind it. */
  readonly after: number;
}

/** The values of a row, texts without their quotes; undefined if it isn't one on a line, or has something else than values. */
function tupleAt(bytes: Uint8Array, start: number, limit: number): readonly Cell[] | undefined {
  if (bytes[start] !== OPEN_TUPLE) return undefined;
  // A dump may have all of its rows on a line: where that ends isn't looked for in each.
  const goesOn = (at: number) => at < limit && bytes[at] !== LF;
  const cells: Cell[] = [];
  let i = start + 1;
  while (goesOn(i) && cells.length < MOST_COLUMNS) {
    while (bytes[i] === 0x20) i++;
    const isText = bytes[i] === QUOTE;
    const from = isText ? i + 1 : i;
    let to = from;
    if (isText) {
      while (goesOn(to) && (bytes[to] !== QUOTE || bytes[to + 1] === QUOTE))
        to += bytes[to] === QUOTE ? 2 : 1;
    } else while (goesOn(to) && !isEnd(bytes[to]!) && bytes[to] !== OPEN_TUPLE) to++;
    i = isText ? to + 1 : to;
    while (bytes[i] === 0x20) i++;
    if (i >= limit || !isEnd(bytes[i]!)) return undefined;
    while (!isText && to > from && bytes[to - 1] === 0x20) to--;
    cells.push({ start: from, end: to, after: i + 1 });
    if (bytes[i++] === CLOSE_TUPLE) return cells;
  }
  return undefined;
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_TUPLE;
}

function skipSpace(bytes: Uint8Array, offset: number, limit: number): number {
  let i = offset;
  while (i < limit && bytes[i]! <= 0x20) i++;
  return i;
}
