import { useMemo, useRef } from 'preact/hooks';
import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { columnOf, sortedRows } from './sortedRows.ts';

/** The rows in the order of the table. While α is dragged they stay where they are, and find their new place when it's released. */
export function useOrder(
  measured: Measured,
  floors: RowFloors,
  sort: Chosen['sort'],
  settled: boolean,
): Uint32Array {
  const { rows } = measured.stats;
  const order = useMemo(
    () => (settled ? sortedRows(rows, columnOf(measured, floors, sort.column), sort.descending) : undefined),
    [measured, sort, settled, settled && floors],
  );
  const last = useRef<Uint32Array>(undefined);
  if (order) last.current = order;
  return last.current?.length === rows ? last.current : Uint32Array.from({ length: rows }, (_, row) => row);
}
