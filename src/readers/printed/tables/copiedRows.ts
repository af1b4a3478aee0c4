import { SLICE, type Work } from '../../../loss/work.ts';
import { type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import type { CellSpan } from './tableLines.ts';
import { TableRows } from './tableRows.ts';

/** "COPY public.preds (id, cat, dog) FROM stdin;", as dumps of PostgreSQL have it before the rows of a table. */
const HEAD = /^copy [\w."]{1,120} ?\(([^()]{1,4000})\) from stdin(?: [^;]{0,200})?;$/i;
const LONGEST_HEAD = 1 << 12;
const TAB = 0x09;
const LETTER_C = 0x63;

/**
 * The rows of a table in a dump, with tabs between their cells, up to the line `\.` or one that has other cells; undefined if none begins
 * at `start`. Cells without a value are empty.
 */
export function* readCopiedRows(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if ((bytes[start]! | 0x20) !== LETTER_C) return undefined;
  const head = printedLineAt(bytes, start, limit);
  if (head.end - head.start > LONGEST_HEAD) return undefined;
  const list = HEAD.exec(wordText(bytes, head).trim())?.[1];
  if (list === undefined) return undefined;
  const names = list.split(',').map((name) => name.trim().replace(/^"|"$/g, ''));
  let line = printedLineAt(bytes, head.next, limit);
  const rows = new TableRows(() => Math.max(0.01, (line.start - start) / (limit - start)));
  let end = head.end;
  let nextYield = start;
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const cells = cellsIn(bytes, line);
    if (cells.length !== names.length) break;
    rows.add(line, cells);
    end = line.end;
  }
  if (rows.count === 0) return undefined;
  return { names, ...rows.places(), dots: undefined, printer: 'table', start, end };
}

/** What is between tabs; a null value is an empty cell. */
function cellsIn(bytes: Uint8Array, { start, end }: PrintedLine): readonly CellSpan[] {
  const cells: CellSpan[] = [];
  for (let from = start; ; ) {
    let to = from;
    while (to < end && bytes[to] !== TAB) to++;
    const isNull = to - from === 2 && bytes[from] === 0x5c && bytes[from + 1] === 0x4e;
    cells.push(isNull ? { start: to, end: to } : { start: from, end: to });
    if (to === end) return cells;
    from = to + 1;
  }
}
