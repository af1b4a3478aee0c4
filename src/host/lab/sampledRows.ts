import { SeededNumbers } from '../../lab/random/seededNumbers.ts';

/** Features of more bytes than this aren't all used: 200 MB. */
const MOST_FEATURE_BYTES = 200_000_000;

/** All rows, or as many of them, drawn at random and in their order, as don't take too much memory. */
export function sampledRows(
  features: Float32Array,
  columns: number,
  labels: Float32Array,
  mostBytes = MOST_FEATURE_BYTES,
): { readonly features: Float32Array; readonly labels: Float32Array } {
  const most = Math.max(1, Math.floor(mostBytes / (4 * columns)));
  if (labels.length <= most) return { features, labels };
  const rows = new SeededNumbers(0, 'sampled rows').permutation(labels.length).subarray(0, most).sort();
  const sampled = new Float32Array(most * columns);
  rows.forEach((row, i) => {
    sampled.set(features.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { features: sampled, labels: Float32Array.from(rows, (row) => labels[row]!) };
}
