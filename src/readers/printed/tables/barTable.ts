import { SLICE, type Work } from '../../../loss/work.ts';
import type { Printer } from '../../readProblem.ts';
import { isDots, type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import { type CellSpan, cellsOf, isEmpty, isRule, isTypeName, LONGEST_LINE } from './tableLines.ts';
import { TableRows } from './tableRows.ts';

/** Lines before the first row: rules, types, dots. Where there are more, each could begin a table of its own. */
const MOST_BEFORE_ROWS = 16;

/**
 * A table with bars between its columns and a rule below their names, from the line that starts at `start`: of Markdown, psql, sqlite3,
 * polars, rich, tabulate, DuckDB. Undefined if it's none. Of a name on several lines the parts are joined by spaces.
 */
export function* readBarTable(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  const header = headerAt(bytes, start, limit);
  if (!header) return undefined;
  const { columns } = header;
  const fraction = () => Math.max(0.01, (line.start - start) / (limit - start));
  const rows = new TableRows(fraction);
  let { names, dots, printer } = header;
  let end = header.next;
  let before = 0;
  let nextYield = start;
  let line = printedLineAt(bytes, header.next, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    if (rows.count === 0 && before++ > MOST_BEFORE_ROWS) return undefined;
    if (isRule(bytes, line)) {
      end = line.end;
      continue;
    }
    const inLine = cellsOf(bytes, line);
    if (!inLine || inLine.length !== columns) break;
    end = line.end;
    if (rows.count === 0 && areTypes(bytes, inLine)) {
      printer = 'polars';
      continue;
    }
    dots ??= inLine.find((cell) => isDots(bytes, cell))?.start;
    // A row of dots stands for the rows that were left out.
    if (inLine.every((cell) => isDots(bytes, cell) || isEmpty(cell))) continue;
    rows.add(line, inLine);
  }
  if (rows.count === 0) return undefined;
  // An empty name is that of an index.
  names = names.map((name) => name.trim());
  return { names, ...rows.places(), dots, printer, start, end };
}

/** The types of the columns; there's none below dots. */
function areTypes(bytes: Uint8Array, cells: readonly CellSpan[]): boolean {
  return !cells.every(isEmpty) && cells.every((cell) => isEmpty(cell) || isTypeName(wordText(bytes, cell)));
}

interface Header {
  readonly names: readonly string[];
  readonly columns: number;
  readonly dots: number | undefined;
  readonly printer: Printer;
  /** The line after its rule. */
  readonly next: number;
}

/** Lines of a header at most: names may be wrapped. */
const MOST_LINES = 8;

/** The names of the columns, up to the rule below them. */
function headerAt(bytes: Uint8Array, start: number, limit: number): Header | undefined {
  let line = printedLineAt(bytes, start, limit);
  const inBorder = namesInBorder(bytes, line);
  if (inBorder)
    return { names: inBorder, columns: inBorder.length, dots: undefined, printer: 'table', next: line.next };
  // A border on top.
  if (isRule(bytes, line)) line = printedLineAt(bytes, line.next, limit);
  const lines: (readonly CellSpan[])[] = [];
  while (lines.length < MOST_LINES && line.start < limit && !isRule(bytes, line)) {
    const cells = cellsOf(bytes, line);
    if (!cells || cells.length < 2) return undefined;
    // A title in a box of its own has other cells than the names below it.
    if (lines.length > 0 && cells.length !== lines[0]!.length) return undefined;
    lines.push(cells);
    line = printedLineAt(bytes, line.next, limit);
  }
  if (lines.length === 0 || line.start >= limit || !isRule(bytes, line)) return undefined;
  return headerOf(bytes, lines, line);
}

/** "┌─id─┬─cat─┐", as ClickHouse has it: the names of the columns, which are in the border. */
function namesInBorder(bytes: Uint8Array, line: PrintedLine): readonly string[] | undefined {
  if (bytes[line.start] !== 0xe2 || line.end - line.start > LONGEST_LINE || isRule(bytes, line))
    return undefined;
  const text = wordText(bytes, line).trimEnd();
  if (!text.startsWith('┌─') || !text.endsWith('─┐')) return undefined;
  const names = text
    .slice(1, -1)
    .split('┬')
    .map((part) => part.replaceAll('─', ''));
  return names.length > 1 && names.every((name) => name !== '') ? names : undefined;
}

function headerOf(
  bytes: Uint8Array,
  lines: readonly (readonly CellSpan[])[],
  { next }: PrintedLine,
): Header | undefined {
  const hasTypes = lines.length > 1 && areTypes(bytes, lines.at(-1)!);
  const named = hasTypes ? lines.slice(0, -1) : lines;
  const [first] = named;
  const names = first!.map((_, column) =>
    named
      .map((cells) => wordText(bytes, cells[column]!))
      .filter((text) => text !== '')
      .join(' '),
  );
  const dots = named.flat().find((cell) => isDots(bytes, cell))?.start;
  return { names, columns: names.length, dots, printer: hasTypes ? 'polars' : 'table', next };
}
