import { lossOfRow } from '../../loss/batch/lossTerms.ts';
import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import type { SortColumn } from '../../protocol/panelKept.ts';
import type { Measured } from '../summary/measuredRows.ts';

/** What a column shows, by which it's sorted. */
export function columnOf(
  { stats }: Pick<Measured, 'stats'>,
  floors: RowFloors,
  column: SortColumn,
): (row: number) => number {
  switch (column) {
    case 'row':
      return (row) => row;
    case 'target':
      return (row) => stats.target[row]!;
    case 'prediction':
      return (row) => stats.prediction[row]!;
    case 'pTarget':
      return (row) => stats.pTarget[row]!;
    case 'nll':
      return (row) => stats.hard[row]!;
    case 'loss':
      return (row) => lossOfRow(stats, row, floors.terms);
    case 'floor':
      return floors.of;
    case 'excess':
      return (row) => lossOfRow(stats, row, floors.terms) - floors.of(row);
  }
}

/** The rows in the order of a column. What isn't a number comes last; equal ones in the order of the rows. */
export function sortedRows(rows: number, value: (row: number) => number, descending: boolean): Uint32Array {
  const keys = Float64Array.from({ length: rows }, (_, row) => {
    const key = value(row);
    return Number.isNaN(key) ? Number.POSITIVE_INFINITY : descending ? -key : key;
  });
  return Uint32Array.from(keys, (_, row) => row).sort((a, b) => keys[a]! - keys[b]! || a - b);
}
