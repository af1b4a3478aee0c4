import type { RowStats } from '../rows/rowStats.ts';

/** True for a row that counts nothing: its target is the ignore index. A loss of 0 without a p(target) is nothing else. */
export function isIgnored({ hard, pTarget }: RowStats, row: number): boolean {
  return hard[row] === 0 && Number.isNaN(pTarget[row]!);
}

/** How many of the rows that count are predicted right, 0…1; NaN when no row counts. */
export function accuracy(stats: RowStats): number {
  let right = 0;
  let counted = 0;
  for (let row = 0; row < stats.rows; row++) {
    if (isIgnored(stats, row)) continue;
    counted++;
    if (stats.prediction[row] === stats.target[row]) right++;
  }
  return right / counted;
}
