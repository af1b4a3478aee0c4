import { SLICE, type Work } from '../../../loss/work.ts';
import { refusesCommas, withDecimalPoints } from '../../table/decimalCommas.ts';
import { findDelimiter, hasCommasForPoints, unclearCommaIn } from '../../table/delimiter.ts';
import { Fields } from '../../table/tableFields.ts';
import { Unreadable } from '../../text/cursor.ts';
import { growableDoubles } from '../../text/growable.ts';
import { isNumber, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';

const HASH = 0x23;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
/** "columns=a,b,c", "fields: a b c": what a comment calls the columns. */
const PREFIX = /^[\s#]*(?:columns|fields|header|cols)?\s*[=:]?\s*/i;
const MOST_COLUMNS = 1 << 12;
const LONGEST_COMMENT = 1 << 14;

/**
 * Lines of values with the same delimiter between them, if all of a text is such lines: CSV without a file, sqlite3's mode list, what a
 * device sends. Comments at its start may name the columns. Undefined for any other text.
 */
export function* readDelimitedText(bytes: Uint8Array, limit: number): Work<PrintedTable | undefined> {
  const { start, comments } = dataStart(bytes, limit);
  const given = bytes.subarray(start, trimmedEnd(bytes, limit));
  if (given.length === 0) return undefined;
  const delimiter = yield* findDelimiter(given);
  try {
    const hasCommas = hasCommasForPoints(given, delimiter);
    const data = hasCommas ? yield* withDecimalPoints(given, delimiter) : given;
    const table = yield* readLines(data, delimiter, start, comments);
    if (!table || !hasCommas) return table;
    const comma = table.isNameless ? unclearCommaIn(given, delimiter) : undefined;
    if (comma !== undefined && refusesCommas(delimiter)) return undefined;
    return { ...table, hasDecimalCommas: true, ...(comma !== undefined && { comma }) };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The first line that is no comment and not empty, and the last comment before it. */
function dataStart(
  bytes: Uint8Array,
  limit: number,
): { readonly start: number; readonly comments: string | undefined } {
  let comments: string | undefined;
  let line = printedLineAt(bytes, 0, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.end === line.start) continue;
    const isShort = line.end - line.start <= LONGEST_COMMENT;
    const text = isShort ? wordText(bytes, line).trim() : 'data';
    if (text !== '' && !text.startsWith('#')) break;
    if (text !== '') comments = text;
  }
  return { start: line.start, comments };
}

function trimmedEnd(bytes: Uint8Array, limit: number): number {
  let end = limit;
  while (end > 0 && bytes[end - 1]! <= SPACE) end--;
  return end;
}

function* readLines(
  data: Uint8Array,
  delimiter: number,
  start: number,
  comment: string | undefined,
): Work<PrintedTable | undefined> {
  const fields = new Fields(data, delimiter);
  const fraction = () => Math.max(0.01, fields.end / data.length);
  const [cells, rows] = [growableDoubles(fraction), growableDoubles(fraction)];
  let first: readonly string[] = [];
  /** Columns that have nothing but numbers below the first line, or nothing. */
  let numbers: Set<number> | undefined;
  const filled = new Set<number>();
  let isAllNumbers = true;
  let nextYield = 0;
  while (fields.next()) {
    if (fields.end >= nextYield) {
      yield fields.end / data.length;
      nextYield = fields.end + SLICE;
    }
    const { count } = fields;
    if (rows.length === 0) {
      if (count < 2 || count > MOST_COLUMNS || data[fields.start] === HASH) return undefined;
      first = Array.from({ length: count }, (_, field) => fields.text(field));
    } else if (count !== first.length) return undefined;
    numbers ??= new Set(first.keys());
    for (let field = 0; field < count; field++) {
      const isValue = isNumber(fields.text(field).replace(/^\+|%$/g, ''));
      if (isValue && rows.length > 0) filled.add(field);
      if (!isValue && rows.length > 0 && !fields.isEmpty(field)) numbers?.delete(field);
      isAllNumbers &&= isValue;
      const from = fields.startOf(field);
      cells.push(start + from);
      cells.push(start + from + fields.lengthOf(field));
    }
    rows.push(start + fields.start);
    rows.push(start + lineEnd(data, fields.end));
  }
  if (rows.length < 4 || !numbers || ![...numbers].some((column) => filled.has(column))) return undefined;
  // Words with spaces between them are prose.
  if (delimiter === SPACE && !isAllNumbers) return undefined;
  const hasHeader = isHeader(first, numbers);
  const named = hasHeader ? first : namesIn(comment, delimiter, first.length);
  const [allCells, allRows] = [cells.toArray(), rows.toArray()];
  return {
    names: named ?? first.map((_, column) => String(column)),
    isNameless: named === undefined,
    cells: hasHeader ? allCells.subarray(2 * first.length) : allCells,
    rows: hasHeader ? allRows.subarray(2) : allRows,
    dots: undefined,
    printer: 'table',
    start,
    end: start + data.length,
  };
}

/** Words over numbers; or the numbers of the classes in their order, with nothing but those. */
function isHeader(first: readonly string[], numbers: ReadonlySet<number>): boolean {
  if (first.every((text, column) => text === String(column))) return true;
  return !first.some(isNumber) && first.some((text, column) => text !== '' && numbers.has(column));
}

/** The names in a comment, if there are as many as columns. */
function namesIn(
  comment: string | undefined,
  delimiter: number,
  count: number,
): readonly string[] | undefined {
  if (comment === undefined) return undefined;
  const text = comment.replace(PREFIX, '');
  const separator = String.fromCharCode(delimiter);
  const names = delimiter === SPACE ? text.split(/\s+/) : text.split(separator).map((name) => name.trim());
  return names.length === count && !names.some(isNumber) ? names : undefined;
}

function lineEnd(data: Uint8Array, from: number): number {
  let end = from;
  while (end < data.length && data[end] !== LF && data[end] !== CR) end++;
  return end;
}
