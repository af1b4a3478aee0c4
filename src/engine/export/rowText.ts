import { jsonString } from '../../escape/jsonString.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { TableFormat } from '../../protocol/exportChannel.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import { type ExportedFigures, ROW_COLUMNS, rowCells } from './exportedFigures.ts';
import { python } from './numberTexts.ts';
import type { Sink } from './sink.ts';
import { jsonMembers, tableText } from './tableText.ts';

const ROWS_AT_ONCE = Math.floor(SLICE / ROW_COLUMNS.length);

type Members = Readonly<Record<string, unknown>>;

/** The figures alone, as text. */
export function figuresText(members: Members, format: TableFormat): string {
  if (format === 'json') return `{\n${jsonMembers(members).join(',\n')}\n}\n`;
  const rows = Object.entries(members).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : String(value),
  ]);
  return tableText({ head: ['figure', 'value'], rows }, format);
}

/** The table of rows, in JSON and Markdown after the figures: a part of it at a time, however many rows there are. */
export function* writeRows(
  batch: MeasuredBatch,
  figures: ExportedFigures,
  members: Members,
  format: TableFormat,
  sink: Pick<Sink, 'write'>,
): Work<void> {
  const write = (part: string) => sink.write(part);
  const cells = (row: number) => rowCells(batch, figures, row).map(python);
  const rows = batch.stats.rows;
  if (format === 'csv') {
    write(`${ROW_COLUMNS.join(',')}\n`);
    yield* eachPart(rows, 0, 1, (row) => `${cells(row).join(',')}\n`, write);
  } else if (format === 'json') {
    write(`{\n${jsonMembers(members).join(',\n')},\n  "rows": [\n`);
    const names = ROW_COLUMNS.map(jsonString);
    const record = (row: number) => {
      const own = cells(row).map((cell, i) => `${names[i]}: ${cell}`);
      return `    {${own.join(', ')}}${row === rows - 1 ? '' : ','}\n`;
    };
    yield* eachPart(rows, 0, 1, record, write);
    write('  ]\n}\n');
  } else {
    write(`${figuresText(members, format)}\n`);
    const widths = ROW_COLUMNS.map((name) => Math.max(3, name.length));
    const widen = (row: number) => {
      cells(row).forEach((cell, i) => {
        widths[i] = Math.max(widths[i]!, cell.length);
      });
      return '';
    };
    yield* eachPart(rows, 0, 0.5, widen, () => {});
    // Of no rows none is a number.
    const pad = (cell: string, i: number) => (rows > 0 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!));
    const rule = widths.map((width) => (rows > 0 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
    write(`| ${ROW_COLUMNS.map(pad).join(' | ')} |\n| ${rule.join(' | ')} |\n`);
    yield* eachPart(rows, 0.5, 1, (row) => `| ${cells(row).map(pad).join(' | ')} |\n`, write);
  }
}

function* eachPart(
  rows: number,
  from: number,
  to: number,
  line: (row: number) => string,
  write: (part: string) => void,
): Work<void> {
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    yield from + (to - from) * (first / rows);
    let part = '';
    for (let row = first; row < Math.min(rows, first + ROWS_AT_ONCE); row++) part += line(row);
    write(part);
  }
}
