import { rowLoss } from '../../loss/reduce.ts';
import type { HeldBatch } from '../heldBatch.ts';
import { python } from './numbers.ts';

/** The columns of the table, for copying: one record a row, losses in nats. */
export interface TableRow {
  readonly row: number;
  readonly target: number;
  readonly prediction: number;
  readonly p_target: number;
  readonly loss: number;
  readonly nll: number;
  readonly uniform: number;
  readonly floor: number;
  readonly excess: number;
}

export function tableRow({ stats }: HeldBatch, row: number, alpha: number, floors: Float64Array): TableRow {
  const loss = rowLoss(stats, row, alpha);
  const floor = floors[row]!;
  return {
    row,
    target: stats.target[row]!,
    prediction: stats.prediction[row]!,
    p_target: stats.pTarget[row]!,
    loss,
    nll: stats.hard[row]!,
    uniform: stats.uniform[row]!,
    floor,
    excess: loss - floor,
  };
}

export function csvOf(rows: Iterable<TableRow>): string {
  const lines: string[] = [];
  for (const row of rows) {
    if (lines.length === 0) lines.push(Object.keys(row).join(','));
    lines.push(Object.values(row).map(python).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** One record with the summary and one for each row, as Python's json module writes them (NaN and Infinity included). */
export function jsonOf(summary: Readonly<Record<string, unknown>>, rows: Iterable<TableRow>): string {
  const members = Object.entries(summary).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${jsonValue(value)}`,
  );
  const records = Array.from(rows, (row) => `    ${jsonRecord(row)}`);
  return `{\n${members.join(',\n')},\n  "rows": [\n${records.join(',\n')}\n  ]\n}\n`;
}

function jsonRecord(row: TableRow): string {
  return `{${Object.entries(row)
    .map(([key, value]) => `${JSON.stringify(key)}: ${python(value)}`)
    .join(', ')}}`;
}

function jsonValue(value: unknown): string {
  if (typeof value === 'number') return python(value);
  if (value instanceof Float64Array) return `[${Array.from(value, python).join(', ')}]`;
  return JSON.stringify(value);
}
