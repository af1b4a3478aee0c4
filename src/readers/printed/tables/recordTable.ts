import { SLICE, type Work } from '../../../loss/work.ts';
import { growableDoubles } from '../../text/growable.ts';
import { type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import { barAt, type CellSpan, LONGEST_LINE, trimmed } from './tableLines.ts';

/** "-[ RECORD 1 ]---" of psql, "-RECORD 0---" of Spark, "*** 1. row ***" of MySQL. */
const HEAD = /^(?:-RECORD \d+-+|[+─-]{0,4}-?\[ RECORD \d+ \][+─-]*|\*+ \d+\. row \*+)\s*$/;
const LONGEST_HEAD = 1 << 10;
const COLON = 0x3a;
const MOST_COLUMNS = 1 << 12;

/** A table of a record a block, a value a line, as psql (expanded) and MySQL (\G) print it; undefined if none begins at `start`. */
export function* readRecordTable(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if (!isHead(bytes, printedLineAt(bytes, start, limit))) return undefined;
  const fraction = () => Math.max(0.01, (line.start - start) / (limit - start));
  const [cells, rows] = [growableDoubles(fraction), growableDoubles(fraction)];
  let names: readonly string[] | undefined;
  let end = start;
  let nextYield = start;
  let line = printedLineAt(bytes, start, limit);
  while (line.start < limit && isHead(bytes, line)) {
    const head = line;
    const inRecord: string[] = [];
    const values: CellSpan[] = [];
    let last = head;
    for (
      line = printedLineAt(bytes, line.next, limit);
      line.start < limit;
      line = printedLineAt(bytes, line.next, limit)
    ) {
      if (line.start >= nextYield) {
        yield line.start / limit;
        nextYield = line.start + SLICE;
      }
      const pair = inRecord.length < MOST_COLUMNS && !isHead(bytes, line) ? pairOf(bytes, line) : undefined;
      if (!pair) break;
      inRecord.push(wordText(bytes, pair.name));
      values.push(pair.value);
      last = line;
    }
    names ??= inRecord;
    if (names.length === 0 || names.join('\n') !== inRecord.join('\n')) break;
    for (const value of values) {
      cells.push(value.start);
      cells.push(value.end);
    }
    rows.push(head.start);
    rows.push(last.end);
    end = last.end;
  }
  if (!names || rows.length === 0) return undefined;
  return {
    names,
    cells: cells.toArray(),
    rows: rows.toArray(),
    dots: undefined,
    printer: 'table',
    start,
    end,
  };
}

function isHead(bytes: Uint8Array, line: PrintedLine): boolean {
  const first = bytes[line.start];
  if (first !== 0x2d && first !== 0x2a && first !== 0x2b && first !== 0xe2) return false;
  return line.end - line.start <= LONGEST_HEAD && HEAD.test(wordText(bytes, line));
}

/** The name and the value of a line, on both sides of its first bar or colon. */
function pairOf(
  bytes: Uint8Array,
  line: PrintedLine,
): { readonly name: CellSpan; readonly value: CellSpan } | undefined {
  if (line.end - line.start > LONGEST_LINE) return undefined;
  // With a border there are bars on both sides, too.
  const border = barAt(bytes, line.start);
  const start = line.start + border;
  const end = border > 0 && barAt(bytes, line.end - border) > 0 ? line.end - border : line.end;
  for (let i = start; i < end; i++) {
    const length = barAt(bytes, i) || (bytes[i] === COLON ? 1 : 0);
    if (length === 0) continue;
    const name = trimmed(bytes, start, i);
    return name.end > name.start
      ? { name, value: trimmed(bytes, i + length, Math.max(i + length, end)) }
      : undefined;
  }
  return undefined;
}
