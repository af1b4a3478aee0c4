import type { ExportedTable } from './exportChannel.ts';

/** A table on its way between the panel and the host: plain messages have neither NaN nor infinities, typed arrays do. */
export interface SentTable {
  readonly head: readonly string[];
  /** By row; null where the cell is a number. */
  readonly texts: readonly (readonly (string | null)[])[];
  /** The cells that are numbers, row after row. */
  readonly numbers: Float64Array;
}

/** A table as it's sent. */
export function sentTable({ head, rows }: ExportedTable): SentTable {
  const texts = rows.map((cells) => cells.map((cell) => (typeof cell === 'number' ? null : cell)));
  const numbers = rows.flat().filter((cell) => typeof cell === 'number');
  return { head, texts, numbers: Float64Array.from(numbers) };
}

/** The table that was sent: the inverse of `sentTable`. */
export function receivedTable({ head, texts, numbers }: SentTable): ExportedTable {
  let next = 0;
  return { head, rows: texts.map((cells) => cells.map((text) => text ?? numbers[next++]!)) };
}
