import { firstIndex } from '../../loss/binarySearch.ts';
import type { Floats } from '../../loss/rows/rowLayout.ts';
import { type BatchSums, CELLS } from '../../loss/sums/batchSums.ts';
import { count } from '../../words/numberFormat.ts';

/** How many rows: as many at least, and at most. The same unless sums count them in cells. */
export interface RowCount {
  readonly least: number;
  readonly most: number;
}

/** Of how many rows p(target) is known, and is above a p. */
export interface Certainties {
  readonly rows: number;
  readonly above: (p: number) => RowCount;
}

/** By the p(target) of each row that counts, ascending. */
export function certaintiesOf(ascending: Floats): Certainties {
  const rows = ascending.length;
  return { rows, above: (p) => exactly(rows - firstIndex(rows, (index) => ascending[index]! > p)) };
}

/** By cells. Of the rows in the cell of p nobody knows which are above it. */
export function certaintiesOfSums({ cells }: BatchSums): Certainties {
  /** How many rows are in cell i and above. */
  const from = new Float64Array(CELLS + 1);
  for (let cell = CELLS - 1; cell >= 0; cell--) from[cell] = from[cell + 1]! + cells.target[cell]!;
  return {
    rows: from[0]!,
    above: (p) => {
      const at = Math.min(Math.max(p, 0), 1) * CELLS;
      return { least: from[Math.ceil(at)]!, most: from[Math.floor(at)]! };
    },
  };
}

/** A count that is known. */
export function exactly(rows: number): RowCount {
  return { least: rows, most: rows };
}

/** "1,234", or what it's between. */
export function rowCountText({ least, most }: RowCount): string {
  return least === most ? count(least) : `${count(least)}–${count(most)}`;
}
