import { SLICE, type Work } from '../../../loss/work.ts';
import { isDots, isNumber, type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import { type CellSpan, cellsOf, isEmpty, isRule, LONGEST_LINE, spacedCells, trimmed } from './tableLines.ts';
import { TableRows } from './tableRows.ts';

/**
 * A table with a rule below the names of its columns and only spaces between these: sqlite3's mode column, tabulate's simple and rst,
 * rich's simple. Its names are on the line that starts at `start`, or below the rule there. Undefined if it's none.
 */
export function* readRuledTable(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  let header = printedLineAt(bytes, start, limit);
  if (isRule(bytes, header)) header = printedLineAt(bytes, header.next, limit);
  const rule = printedLineAt(bytes, header.next, limit);
  if (header.end - header.start > LONGEST_LINE || rule.start >= limit || !isRule(bytes, rule))
    return undefined;
  if (isRule(bytes, header) || cellsOf(bytes, header)) return undefined;
  const split = splitter(bytes, header, rule);
  if (!split) return undefined;
  const names = split(header)?.map((cell) => wordText(bytes, cell));
  if (!names) return undefined;
  const fraction = () => Math.max(0.01, (line.start - start) / (limit - start));
  const rows = new TableRows(fraction);
  let dots: number | undefined;
  let hasNumbers = false;
  let end = rule.end;
  let nextYield = start;
  let line = printedLineAt(bytes, rule.next, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    if (isRule(bytes, line)) {
      end = line.end;
      break;
    }
    const inLine = line.end - line.start > LONGEST_LINE ? undefined : split(line);
    if (!inLine || inLine.every(isEmpty)) break;
    dots ??= inLine.find((cell) => isDots(bytes, cell))?.start;
    hasNumbers ||= inLine.some((cell) => isNumber(wordText(bytes, cell)));
    rows.add(line, inLine);
    end = line.end;
  }
  // Headings of texts are underlined, too.
  if (rows.count === 0 || !hasNumbers) return undefined;
  return { names, ...rows.places(), dots, printer: 'table', start, end };
}

type Split = (line: PrintedLine) => readonly CellSpan[] | undefined;

/** Cuts lines where the rule has gaps; or, if it has none, where two spaces are, into as many parts as the header. */
function splitter(bytes: Uint8Array, header: PrintedLine, rule: PrintedLine): Split | undefined {
  const starts = dashStarts(bytes, rule);
  if (starts.length > 1) return (line) => cutAt(bytes, line, starts);
  const { length } = spacedCells(bytes, header);
  if (length < 2) return undefined;
  return (line) => {
    const cells = spacedCells(bytes, line);
    return cells.length === length ? cells : undefined;
  };
}

/** The characters at which dashes begin after spaces. */
function dashStarts(bytes: Uint8Array, { start, end }: PrintedLine): readonly number[] {
  const starts: number[] = [];
  let character = 0;
  let wasSpace = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if ((byte & 0xc0) === 0x80) continue;
    if (byte > 0x20 && wasSpace) starts.push(character);
    wasSpace = byte <= 0x20;
    character++;
  }
  return starts;
}

/** The cells of a line that begin at these characters. Undefined if something stands in a gap, over two of them. */
function cutAt(
  bytes: Uint8Array,
  { start, end }: PrintedLine,
  starts: readonly number[],
): readonly CellSpan[] | undefined {
  const cells: CellSpan[] = [];
  let from = start;
  let character = 0;
  let column = 0;
  for (let i = start; i < end; i++) {
    if ((bytes[i]! & 0xc0) === 0x80) continue;
    if (character === starts[column + 1]) {
      if (i > from && bytes[i - 1]! > 0x20) return undefined;
      cells.push(trimmed(bytes, from, i));
      from = i;
      column++;
    }
    character++;
  }
  cells.push(trimmed(bytes, from, end));
  while (cells.length < starts.length) cells.push({ start: end, end });
  return cells;
}
