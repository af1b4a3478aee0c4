import { Lease } from '../passes/memoryLease.ts';
import type { KernelAtHome } from '../passes/passRunner.ts';

/** What the kernel counts in when it sorts: 256 values of each of four digits. */
const SORT_COUNTS = 4 << 10;

/** Rows by a number each, ascending; those whose number is NaN are left out. */
export interface SortedRows {
  readonly numbers: Float32Array;
  readonly rows: Int32Array;
}

/** Rows by a number of 0 or more each, (rows) float32, for as long as `use` takes: in memory of their own they'd take as long again. */
export function withSortedRows<T>(
  { memory, kernel }: KernelAtHome,
  numbers: Float32Array,
  use: (sorted: SortedRows) => T,
): T {
  const { length } = numbers;
  const working = new Lease(memory);
  try {
    const [at, sorted, spare] = [
      working.hold(4 * length),
      working.hold(8 * length),
      working.hold(8 * length),
    ];
    const counts = working.hold(SORT_COUNTS);
    memory.floats(at, length).set(numbers);
    const found = kernel.sortRows(at, length, counts, sorted, spare);
    const rows = memory.ints(sorted, 2 * found).subarray(found);
    return use({ numbers: memory.floats(sorted, found), rows });
  } finally {
    working.end();
  }
}
