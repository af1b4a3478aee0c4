import { SeededNumbers } from '../random/seededNumbers.ts';

/** Features of more bytes than this aren't all used: 200 MB. */
export const MOST_FEATURE_BYTES = 200_000_000;

/**
 * Which rows of float32 features are used, if all of them would take more than `mostBytes`: as many as don't, drawn at random and
 * ascending. Null: all.
 */
export function sampledRows(rows: number, columns: number, mostBytes: number): Int32Array | null {
  const most = Math.max(1, Math.floor(mostBytes / (4 * columns)));
  if (rows <= most) return null;
  return new SeededNumbers(0, 'sampled rows').permutation(rows).subarray(0, most).sort();
}
