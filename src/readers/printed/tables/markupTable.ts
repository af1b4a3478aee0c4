import { SLICE, type Work } from '../../../loss/work.ts';
import { lineBefore, type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import { type CellSpan, LONGEST_LINE, trimmed } from './tableLines.ts';
import { TableRows } from './tableRows.ts';

const BAR = 0x7c;
const EQUALS = 0x3d;
const LONGEST_HEAD = 400;
const MOST_COLUMNS = 1 << 12;

/**
 * A table as Jira and Confluence (`||ant||bee||`, rows `|1|2|`) or AsciiDoc (`|===`) have it in their source, from the line that starts at
 * `start`. Undefined if it's none, or has cells over several columns.
 */
export function* readMarkupTable(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if (bytes[start] !== BAR) return undefined;
  const line = printedLineAt(bytes, start, limit);
  if (bytes[start + 1] === BAR) return yield* jiraTable(bytes, line, limit);
  return isFence(bytes, line) ? yield* asciidocTable(bytes, line, limit) : undefined;
}

function* jiraTable(bytes: Uint8Array, header: PrintedLine, limit: number): Work<PrintedTable | undefined> {
  const named = closedCells(bytes, header);
  if (!named || named.length < 2 || named.length > MOST_COLUMNS) return undefined;
  const { start } = header;
  const rows = new TableRows(() => Math.max(0.01, (end - start) / (limit - start)));
  let { end } = header;
  let nextYield = start;
  for (
    let line = printedLineAt(bytes, header.next, limit);
    line.start < limit;
    line = printedLineAt(bytes, line.next, limit)
  ) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const cells = closedCells(bytes, line);
    if (!cells) break;
    // Without a row that can't be read there would be fewer, and nobody would know.
    rows.add(line, cells.length === named.length ? cells : named.map(() => line));
    ({ end } = line);
  }
  const names = named.map((cell) => wordText(bytes, cell));
  return rows.count === 0
    ? undefined
    : { names, ...rows.places(), dots: undefined, printer: 'table', start, end };
}

/** The cells of a line that begins and ends with bars; two of them before a heading are one. */
function closedCells(bytes: Uint8Array, line: PrintedLine): readonly CellSpan[] | undefined {
  const { start, end } = trimmed(bytes, line.start, line.end);
  if (end - start > LONGEST_LINE || end - start < 2 || bytes[start] !== BAR || bytes[end - 1] !== BAR)
    return undefined;
  return barredCells(bytes, start, end).slice(0, -1);
}

/** What stands behind each bar, or two. */
function barredCells(bytes: Uint8Array, start: number, end: number): readonly CellSpan[] {
  const cells: CellSpan[] = [];
  let from = -1;
  for (let i = start; i < end; i++) {
    if (bytes[i] !== BAR) continue;
    if (from !== -1) cells.push(trimmed(bytes, from, i));
    if (bytes[i + 1] === BAR) i++;
    from = i + 1;
  }
  if (from !== -1) cells.push(trimmed(bytes, Math.min(from, end), end));
  return cells;
}

/** The cells go on over lines: as many as there are names are a row. Names end with an empty line, if it doesn't say so above. */
function* asciidocTable(
  bytes: Uint8Array,
  fence: PrintedLine,
  limit: number,
): Work<PrintedTable | undefined> {
  const { start } = fence;
  const cells: CellSpan[] = [];
  const rows = new TableRows(() => Math.max(0.01, (line.start - start) / (limit - start)));
  const isHeaded = saysHeader(bytes, lineBefore(bytes, start));
  let names: readonly CellSpan[] | undefined;
  let nextYield = start;
  let line = printedLineAt(bytes, fence.next, limit);
  for (; line.start < limit && !isFence(bytes, line); line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const own = trimmed(bytes, line.start, line.end);
    const isEmpty = own.start === own.end;
    if (!isEmpty && (bytes[own.start] !== BAR || own.end - own.start > LONGEST_LINE)) return undefined;
    if (!isEmpty) cells.push(...barredCells(bytes, own.start, own.end));
    if (cells.length > MOST_COLUMNS) return undefined;
    if (!names && (isEmpty || isHeaded) && cells.length > 1) names = cells.splice(0);
    else if (cells.length === names?.length)
      rows.add({ start: cells[0]!.start, end: own.end }, cells.splice(0));
  }
  const isWhole = line.start < limit && cells.length === 0 && rows.count > 0;
  if (!isWhole || !names) return undefined;
  const texts = names.map((cell) => wordText(bytes, cell));
  return { names: texts, ...rows.places(), dots: undefined, printer: 'table', start, end: line.end };
}

/** `[%header,cols="4*"]`, above a table whose first row has the names. */
function saysHeader(bytes: Uint8Array, line: PrintedLine | undefined): boolean {
  if (!line || line.end - line.start > LONGEST_HEAD) return false;
  const text = wordText(bytes, line).trim();
  return text.startsWith('[') && text.endsWith(']') && text.includes('header');
}

function isFence(bytes: Uint8Array, line: PrintedLine): boolean {
  if (bytes[line.start] !== BAR || bytes[line.start + 1] !== EQUALS) return false;
  return line.end - line.start < LONGEST_HEAD && /^\|={3,}\s*$/.test(wordText(bytes, line));
}
