import { SLICE, type Work } from '../../loss/work.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import type { NumberScanner } from '../text/numberScanner.ts';
import { notNumber, refusesCommas, withDecimalPoints } from './decimalCommas.ts';
import { findDelimiter, hasCommasForPoints, unclearCommaIn } from './delimiter.ts';
import { type Columns, findColumns, textsOf } from './tableColumns.ts';
import { Fields } from './tableFields.ts';

/** What a column is called. */
export function columnName({ header }: Columns, column: number): string {
  return header?.[column] || `column ${column + 1}`;
}

/** A table of which it is known what its columns are, at its first line with numbers. */
export interface OpenTable {
  readonly fields: Fields;
  readonly columns: Columns;
  /** A number with a comma that was read as a point, though nothing makes that sure. */
  readonly comma?: string | undefined;
}

/** The columns of a table, and its fields at the first line with numbers. */
export function* openTable(
  given: Uint8Array,
  classNames: readonly string[] | null = null,
  scanner?: NumberScanner,
): Work<OpenTable> {
  const start = headStart(given);
  const delimiter = yield* findDelimiter(given.subarray(start));
  yield 0;
  const hasCommas = hasCommasForPoints(given.subarray(start), delimiter);
  const bytes = hasCommas ? yield* withDecimalPoints(given, delimiter) : given;
  yield 0;
  const fields = new Fields(bytes, delimiter, scanner, start);
  if (!fields.next()) throw new Unreadable({ reason: 'empty', offset: 0 });
  yield 0;
  const first = textsOf(fields).map((text, column) => (column === 0 ? text.replace(PREFIX, '') : text));
  yield 0;
  const hasSecond = fields.next();
  yield 0;
  const second = hasSecond ? textsOf(fields) : undefined;
  yield 0;
  const others = yield* readMoreLines(bytes, delimiter, start);
  const columns = yield* findColumns(first, second, others, classNames);
  yield 0;
  fields.expected = columns.count;
  if (columns.header) {
    if (!second) throw new Unreadable({ reason: 'no-logits', offset: 0, keys: first });
    return { fields, columns };
  }
  const unclear = hasCommas ? unclearCommaIn(given.subarray(start), delimiter) : undefined;
  if (unclear !== undefined && refusesCommas(delimiter))
    throw new Unreadable({ reason: 'decimal-comma', offset: start, found: unclear });
  const again = new Fields(bytes, delimiter, scanner, start);
  again.expected = columns.count;
  again.next();
  return { fields: again, columns, comma: unclear };
}

const HASH = 0x23;
const LF = 0x0a;
/** Comments longer than this together are no head of a table. */
const LONGEST_HEAD = 1 << 16;
/** "columns=a,b,c": what a comment calls the columns. */
const PREFIX = /^(?:columns|fields|header|cols)\s*[=:]\s*/i;

/** `sep=;` on a line of its own. */
const SEP = /^\uFEFF?sep=[^\r\n]\r?\n/i;
const LONGEST_SEP = 12;

/** Where a table begins: of comments above it the last may be its header. */
function headStart(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 0; bytes[line] === HASH && line < LONGEST_HEAD; ) {
    start = line;
    const end = bytes.indexOf(LF, line);
    if (end === -1) break;
    line = end + 1;
  }
  // What Excel is told of the delimiter.
  const first = new TextDecoder().decode(bytes.subarray(0, LONGEST_SEP));
  const sep = start === 0 ? SEP.exec(first)?.[0] : undefined;
  if (sep !== undefined) return new TextEncoder().encode(sep).length;
  return start;
}

/** Lines after the second that are looked at, as long as they end within so many bytes. */
const LOOKED_AT = 62;
const LOOKED_AT_BYTES = 1 << 16;

/** The texts of some lines after the second. */
function* readMoreLines(
  bytes: Uint8Array,
  delimiter: number,
  start: number,
): Work<readonly (readonly string[])[]> {
  const fields = new Fields(bytes.subarray(0, start + LOOKED_AT_BYTES), delimiter, undefined, start);
  const lines: string[][] = [];
  try {
    for (let line = 0; line < LOOKED_AT + 2 && fields.next(); line++) {
      const isWhole = fields.end < start + LOOKED_AT_BYTES || bytes.length <= start + LOOKED_AT_BYTES;
      if (line >= 2 && isWhole) lines.push(textsOf(fields));
      yield 0;
    }
  } catch (error) {
    // A quote that is open here is closed further on, or said when the lines are read.
    if (!(error instanceof Unreadable)) throw error;
  }
  return lines;
}

/** Each line from the current one on. */
export function* splitLines(fields: Fields, { count }: Columns, take: () => void): Work<void> {
  let nextYield = 0;
  do {
    if (fields.end >= nextYield) {
      yield fields.end / fields.bytes.length;
      nextYield = fields.end + SLICE;
    }
    if (fields.count !== count)
      throw new Unreadable({ reason: 'fields', offset: fields.start, found: fields.count, expected: count });
    take();
  } while (fields.next());
}

/** The numbers of some columns, line by line. */
export function* readNumbers(
  fields: Fields,
  columns: Columns,
  chosen: readonly number[],
  into: { push(value: number): void },
  take: () => void,
): Work<{ readonly decimals: number }> {
  let decimals = 0;
  yield* splitLines(fields, columns, () => {
    for (let i = 0; i < chosen.length; i++) {
      const column = chosen[i]!;
      const value = fields.number(column);
      if (value === undefined) throw new Unreadable(notANumber(fields, columns, column));
      into.push(value);
      if (fields.decimals <= decimals) continue;
      // A scanner says the most of its line: it may be that of another column.
      fields.place();
      fields.number(column);
      decimals = Math.max(decimals, fields.decimals);
    }
    take();
  });
  return { decimals };
}

function notANumber(fields: Fields, columns: Columns, column: number): ReadProblem {
  const offset = fields.startOf(column);
  if (fields.isEmpty(column)) return { reason: 'empty-field', offset, column: columnName(columns, column) };
  return notNumber(offset, fields.text(column));
}
