import { SLICE, type Work } from '../../../loss/work.ts';
import { printedLineAt } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import { TableRows } from './tableRows.ts';

const OPEN = 0x5b;
const COMMA = 0x2c;
const LF = 0x0a;
const [ROW, PANDAS] = [0x52, 0x50];
const NAME = /^(Row|Pandas)\(/;
const KEY = /^\s*([\p{L}_][\p{L}\p{N}_]{0,80})=/u;
const LONGEST_KEY = 120;
/** How far behind a record that can't be read the next is looked for. */
const LONGEST_RECORD = 1 << 14;
/** More fields than any record has that is printed. */
const MOST_FIELDS = 1 << 10;

/**
 * Records as Spark's `collect` and pandas' `itertuples` print them, in a list or one a line: `Row(label=0.0,
 * probability=DenseVector([0.9, 0.1]))`. Undefined if none begins at `start`. One that can't be read, or has other fields, is in each of
 * its cells: without it there would be fewer rows, and nobody would know.
 */
export function* readRowRecords(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  let i = bytes[start] === OPEN ? start + 1 : start;
  if (bytes[i] !== ROW && bytes[i] !== PANDAS) return undefined;
  const name = NAME.exec(ascii(bytes, i, Math.min(limit, i + 8)))?.[1];
  if (name === undefined) return undefined;
  const rows = new TableRows(() => Math.max(0.01, (i - start) / (limit - start)));
  let names: readonly string[] | undefined;
  let end = start;
  let nextYield = start;
  while (ascii(bytes, i, Math.min(limit, i + name.length + 1)) === `${name}(`) {
    if (i >= nextYield) {
      yield i / limit;
      nextYield = i + SLICE;
    }
    const record = recordAt(bytes, i + name.length + 1, limit);
    names ??= record?.names;
    if (!names) return undefined;
    const isRead = record?.names.join('\n') === names.join('\n');
    end = isRead ? record.end : nextRecord(bytes, name, i + 1, limit);
    if (isRead) rows.add({ start: i, end }, record.cells);
    else {
      const line = { start: i, end: Math.min(end, printedLineAt(bytes, i, end).end) };
      rows.add(line, Array(names.length).fill(line));
    }
    i = end;
    while (i < limit && (bytes[i]! <= 0x20 || bytes[i] === COMMA)) i++;
  }
  if (!names || rows.count === 0) return undefined;
  return { names, ...rows.places(), dots: undefined, printer: 'table', start, end };
}

/** Where the next record begins, or the line ends, if none is near. */
function nextRecord(bytes: Uint8Array, name: string, from: number, limit: number): number {
  const until = Math.min(limit, from + LONGEST_RECORD);
  const first = name.charCodeAt(0);
  for (let i = bytes.indexOf(first, from); i !== -1 && i < until; i = bytes.indexOf(first, i + 1))
    if (ascii(bytes, i, Math.min(limit, i + name.length + 1)) === `${name}(`) return i;
  return printedLineAt(bytes, from, limit).end;
}

interface FoundRecord {
  readonly names: readonly string[];
  readonly cells: readonly { readonly start: number; readonly end: number }[];
  readonly end: number;
}

/** The fields of a record, from `inside` its parenthesis on; undefined if it isn't whole, or has a field without a name. */
function recordAt(bytes: Uint8Array, inside: number, limit: number): FoundRecord | undefined {
  const names: string[] = [];
  const cells: { start: number; end: number }[] = [];
  let i = inside;
  while (names.length < MOST_FIELDS) {
    const key = KEY.exec(utf8(bytes, i, Math.min(limit, i + LONGEST_KEY)));
    if (!key) return undefined;
    const from = i + new TextEncoder().encode(key[0]).length;
    const to = valueEnd(bytes, from, limit);
    if (to === undefined) return undefined;
    names.push(key[1]!);
    cells.push(unquoted(bytes, from, to));
    i = to + 1;
    if (bytes[to] !== COMMA) return { names, cells, end: i };
  }
  return undefined;
}

/** A value has no more brackets in brackets: unfinished records in records would be read again and again. */
const MOST_DEPTH = 3;

/** Where the comma or the parenthesis is that ends a value on its line, outside of its brackets and quotes. */
function valueEnd(bytes: Uint8Array, from: number, limit: number): number | undefined {
  let depth = 0;
  let quote = 0;
  for (let i = from; i < limit && depth <= MOST_DEPTH && bytes[i] !== LF; i++) {
    const byte = bytes[i]!;
    if (quote !== 0) {
      if (byte === 0x5c) i++;
      else if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === 0x28 || byte === OPEN || byte === 0x7b) depth++;
    else if (depth === 0 && (byte === COMMA || byte === 0x29)) return i;
    else if (byte === 0x29 || byte === 0x5d || byte === 0x7d) depth--;
  }
  return undefined;
}

/** The place of a value without the quotes around it. */
function unquoted(bytes: Uint8Array, start: number, end: number) {
  const isText = (bytes[start] === 0x27 || bytes[start] === 0x22) && bytes[end - 1] === bytes[start];
  return isText && end - start > 1 ? { start: start + 1, end: end - 1 } : { start, end };
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function utf8(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}
