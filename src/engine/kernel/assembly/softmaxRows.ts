import { anyRow } from './anyRow';
import { writeFour } from './keptRows';
import { classes, weights } from './pass';
import { usualRow } from './usualRow';

/** After a row whose logits aren't in the usual range, this many are expected to be like it. */
const ALIKE: i32 = 15;
let unusual: i32 = 0;

/** Rows one after the other, all weights 1. Long rows are read only once as long as their logits are in the usual range. */
export function softmaxRows(values: usize, rows: i32, first: i32): void {
  overRows<u8>(values, rows, first);
}

/** The same with class weights. */
export function weightedRows(values: usize, rows: i32, first: i32): void {
  overRows<u16>(values, rows, first);
}

@inline function overRows<W>(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  unusual = 0;
  for (let row = 0; row < rows; row += 4) {
    const four = min(4, rows - row);
    for (let lane = 0; lane < four; lane++) {
      if (unusual > 0 || !usualRow<W>(values, first + row + lane, lane)) {
        unusual = unusual > 0 ? unusual - 1 : ALIKE;
        anyRow<W>(values, 0, first + row + lane, lane);
      }
      values += size;
    }
    writeFour<W>(values - size * four, 0, first + row, four);
  }
}
