import { anyRow } from '../anyRow';
import { argmaxRows } from '../careful';
import { writeFour } from '../keptRows';
import { classes, targets, tooLarge, weights } from '../pass';
import { fewSoft } from './fewSoft';
import { usualSoftRow } from './usualSoftRow';

/** Rows of up to so many classes are turned into columns, with their targets. */
const FEW: i32 = 48;

/**
 * Rows with soft targets, (rows, K) float32 at `soft`, and weights. `find`: the most probable class of each is written to `targets`,
 * where otherwise it has to be.
 */
export function softRows(values: usize, rows: i32, first: i32, soft: usize, find: bool): void {
  if (!weights && classes <= FEW) {
    fewSoft(values, rows, first, soft, find);
    return;
  }
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row += 4) {
    const four = min(4, rows - row);
    for (let lane = 0; lane < four; lane++) {
      const at = first + row + lane;
      if (find && argmaxRows(soft, 1, targets + (<usize>at << 2))) tooLarge();
      if (weights) anyRow<u64>(values, soft, at, lane);
      else if (!usualSoftRow(values, soft, at, lane)) anyRow<u32>(values, soft, at, lane);
      values += size;
      soft += size;
    }
    writeFour<u32>(values - size * four, soft - size * four, first + row, four);
  }
}
