import { csvCell } from '../../escape/csv.ts';
import { jsonString } from '../../escape/jsonString.ts';
import { markdownText } from '../../escape/markdown.ts';
import type { ExportedTable, TableFormat } from '../../protocol/exportChannel.ts';
import { python } from './numberTexts.ts';

/** A table as text. CSV is that of RFC 4180 with line feeds; JSON has a record for each row, with NaN and Infinity as Python's. */
export function tableText(table: ExportedTable, format: TableFormat): string {
  switch (format) {
    case 'csv':
      return `${[table.head, ...table.rows].map(csvLine).join('\n')}\n`;
    case 'json':
      return `[\n${recordsOf(table).join(',\n')}\n]\n`;
    case 'markdown':
      return markdownOf(table);
  }
}

/** The members of an object, a line each, without what is between them. */
export function jsonMembers(members: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(members).map(([key, value]) => `  ${jsonString(key)}: ${jsonValue(value)}`);
}

function recordsOf({ head, rows }: ExportedTable): string[] {
  return rows.map(
    (cells) => `  {${cells.map((cell, i) => `${jsonString(head[i]!)}: ${jsonValue(cell)}`).join(', ')}}`,
  );
}

function jsonValue(value: unknown): string {
  if (typeof value === 'number') return python(value);
  if (value instanceof Float64Array) return `[${Array.from(value, python).join(', ')}]`;
  return typeof value === 'string' ? jsonString(value) : JSON.stringify(value);
}

/** An empty cell by itself is quoted, because an empty line isn't a row. */
function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(csv).join(',') || '""';
}

function csv(cell: string | number): string {
  return typeof cell === 'number' ? python(cell) : csvCell(cell);
}

/** Columns as wide as their widest cell, numbers on the right. */
function markdownOf({ head, rows }: ExportedTable): string {
  const cells = [head, ...rows].map((line) => line.map(markdownCell));
  const widths = head.map((_, i) => cells.reduce((most, line) => Math.max(most, [...line[i]!].length), 3));
  const right = head.map((_, i) => rows.length > 0 && rows.every((line) => typeof line[i] === 'number'));
  const lineOf = (line: readonly string[]) => {
    const padded = line.map((cell, i) => {
      const space = ' '.repeat(Math.max(0, widths[i]! - [...cell].length));
      return right[i] ? space + cell : cell + space;
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, i) => (right[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [first = [], ...others] = cells;
  return `${[lineOf(first), lineOf(rule), ...others.map(lineOf)].join('\n')}\n`;
}

function markdownCell(cell: string | number): string {
  return typeof cell === 'number' ? python(cell) : markdownText(cell);
}
