import { offsetOf, type Rows } from './layout.ts';
import { argmax, type RowStats } from './rowStats.ts';
import type { Targets } from './targets.ts';
import { SLICE, type Work } from './work.ts';

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

/** The argmax of each row, as the target to assume where there is none: (rows). */
export function* assumedTargets({ values, layout }: Rows): Work<Extract<Targets, { kind: 'indices' }>> {
  const targets = new Int32Array(layout.rows);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / layout.classes));
  for (let row = 0; row < layout.rows; row++) {
    if (row % rowsInSlice === 0) yield row / layout.rows;
    targets[row] = argmax(values, offsetOf(layout, row), layout.classes, layout.inner);
  }
  return { kind: 'indices', values: targets };
}
