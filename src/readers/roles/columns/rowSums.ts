import { mostOf } from '../../../loss/mostOf.ts';
import type { GridColumn } from './gridColumns.ts';

/** Rows that are looked at. */
const LOOKED_AT = 64;

/** True if all rows of these are in 0…1 and sum to 1, or the same with 100, as exactly as they're written. */
export function sumTo(columns: readonly GridColumn[]): boolean {
  const rows = columns[0]!.values.length;
  if (rows === 0) return false;
  for (const total of [1, 100]) {
    const decimals = mostOf(columns, ({ digits }) => digits.decimals);
    const slack = Math.min(0.02 * total, (columns.length * 0.5) / 10 ** decimals) + 1e-5;
    // Ones and zeros are as likely something that is counted.
    if (total === 1 && decimals === 0) continue;
    let row = 0;
    for (; row < Math.min(rows, LOOKED_AT); row++) {
      let sum = 0;
      for (const { values } of columns) {
        const value = values[row]!;
        if (!(value >= 0 && value <= total)) sum = Number.NaN;
        sum += value;
      }
      if (!(Math.abs(sum - total) <= slack)) break;
    }
    if (row === Math.min(rows, LOOKED_AT)) return true;
  }
  return false;
}
