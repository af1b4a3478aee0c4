import { SLICE, type Work } from '../../../../loss/work.ts';
import { type PrintedLine, type PrintedWord, printedLineAt, wordsOf, wordText } from '../../printedLines.ts';
import type { PrintedTable } from '../printedTable.ts';
import { barAt, isRule, LONGEST_LINE } from '../tableLines.ts';
import { TableRows } from '../tableRows.ts';

const ROW = 'Row';
/** "12 columns omitted", "3 rows omitted" */
const OMITTED = /\b(?:rows?|columns?)\b.{0,40}\bomitted/;
const LONGEST_FOOTER = 200;

/**
 * A data frame as Julia shows it, with " Row │ ant  bee" on the line that starts at `start`, the types of its columns below, a rule, and
 * numbered rows. Undefined if it's none.
 */
export function* readJuliaFrame(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  const header = printedLineAt(bytes, start, limit);
  const named = cellsIn(bytes, header);
  if (named?.index !== ROW) return undefined;
  const names = named.cells.map((cell) => wordText(bytes, cell));
  const types = printedLineAt(bytes, header.next, limit);
  const typed = cellsIn(bytes, types);
  const rule = typed?.index === '' ? printedLineAt(bytes, types.next, limit) : types;
  if (names.length === 0 || rule.start >= limit || !isRule(bytes, rule)) return undefined;
  const rows = new TableRows(() => Math.max(0.01, (line.start - start) / (limit - start)));
  let dots: number | undefined;
  let end = rule.end;
  let nextYield = start;
  let line = printedLineAt(bytes, rule.next, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const row = cellsIn(bytes, line);
    if (!row) break;
    if (row.index === '⋮') dots ??= line.start;
    // Without a row that can't be read, as one of texts with spaces, there would be fewer, and nobody would know.
    else rows.add(line, row.cells.length === names.length ? row.cells : names.map(() => line));
    end = line.end;
  }
  if (rows.count === 0) return undefined;
  const footer = wordText(bytes, { start: line.start, end: Math.min(line.end, line.start + LONGEST_FOOTER) });
  if (OMITTED.test(footer)) dots ??= line.start;
  return { names, ...rows.places(), dots, printer: 'julia', start, end };
}

/** What is before the bar of a line, and the words behind it; undefined without a bar after one word at most. */
function cellsIn(
  bytes: Uint8Array,
  line: PrintedLine,
): { readonly index: string; readonly cells: readonly PrintedWord[] } | undefined {
  if (line.end - line.start > LONGEST_LINE) return undefined;
  let i = line.start;
  while (i < line.end && bytes[i] === 0x20) i++;
  const from = i;
  while (i < line.end && bytes[i]! > 0x20 && barAt(bytes, i) === 0) i++;
  const index = wordText(bytes, { start: from, end: i });
  while (i < line.end && bytes[i] === 0x20) i++;
  const bar = i < line.end ? barAt(bytes, i) : 0;
  return bar === 3 ? { index, cells: wordsOf(bytes, { ...line, start: i + bar }) } : undefined;
}
