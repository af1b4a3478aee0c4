/** Rotations make the rest smaller by a square each sweep; far fewer than this are needed. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric n × n matrix, in no order: Jacobi's method (Golub and Van Loan, §8.5). O(n³)
 * a sweep. `vectors[i]` belongs to `values[i]`.
 */
export function symmetricEigen(matrix: readonly Float64Array[]): {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
} {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const vectors = a.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  const scale = Math.sqrt(a.reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0));
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 1e-15 * scale; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, p, q);
  return { values: Float64Array.from({ length: n }, (_, i) => a[i]![i]!), vectors };
}

function offDiagonal(a: readonly Float64Array[]): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) sum += a[p]![q]! ** 2;
  return Math.sqrt(2 * sum);
}

/** Makes a[p][q] 0. */
function rotate(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p]!, a[q]!];
  const apq = rowP[q]!;
  if (apq === 0) return;
  const theta = (rowQ[q]! - rowP[p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
  for (let i = 0; i < a.length; i++)
    [rowP[i], rowQ[i]] = [c * rowP[i]! - s * rowQ[i]!, s * rowP[i]! + c * rowQ[i]!];
  const [u, v] = [vectors[p]!, vectors[q]!];
  for (let i = 0; i < a.length; i++) [u[i], v[i]] = [c * u[i]! - s * v[i]!, s * u[i]! + c * v[i]!];
}
