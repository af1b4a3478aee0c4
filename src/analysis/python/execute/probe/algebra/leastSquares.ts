/** The best weights for rows · weights = values, and how far off the worst row is, relative to the largest value. Null if they aren't determined. */
export function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
): { readonly weights: number[]; readonly residual: number } | null {
  const n = rows[0]?.length ?? 0;
  if (rows.length <= n) return null;
  // Householder reflections: normal equations would lose half of the digits.
  const a = rows.map((row) => [...row]);
  const b = [...values];
  for (let k = 0; k < n; k++) {
    let norm = 0;
    for (let i = k; i < a.length; i++) norm += a[i]![k]! ** 2;
    norm = Math.sqrt(norm);
    if (norm < 1e-9) return null;
    const sign = a[k]![k]! > 0 ? -norm : norm;
    const v = a.map((row, i) => (i < k ? 0 : i === k ? row[k]! - sign : row[k]!));
    const length = v.reduce((sum, x) => sum + x * x, 0);
    for (let j = k; j < n; j++) reflect(a, v, length, k, j);
    let dot = 0;
    for (let i = k; i < b.length; i++) dot += v[i]! * b[i]!;
    for (let i = k; i < b.length; i++) b[i]! -= ((2 * dot) / length) * v[i]!;
  }
  const weights = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let rest = b[k]!;
    for (let j = k + 1; j < n; j++) rest -= a[k]![j]! * weights[j]!;
    if (Math.abs(a[k]![k]!) < 1e-9) return null;
    weights[k] = rest / a[k]![k]!;
  }
  const largest = Math.max(1, ...values.map(Math.abs));
  const off = rows.map((row, i) =>
    Math.abs(row.reduce((sum, x, j) => sum + x * weights[j]!, 0) - values[i]!),
  );
  return { weights, residual: Math.max(...off) / largest };
}

function reflect(a: number[][], v: readonly number[], length: number, from: number, column: number): void {
  let dot = 0;
  for (let i = from; i < a.length; i++) dot += v[i]! * a[i]![column]!;
  for (let i = from; i < a.length; i++) a[i]![column]! -= ((2 * dot) / length) * v[i]!;
}
