/**
 * ln Σ exp z over one row, by its largest logit so that 1e4 doesn't overflow. Row k is at `start + k·stride`.
 * As PyTorch: NaN if a logit is NaN or +∞, and for a row of nothing but −∞.
 */
export function logSumExp(values: ArrayLike<number>, start: number, classes: number, stride: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0, i = start; k < classes; k++, i += stride) {
    // Not Math.max: slower, and NaN comes out in the sum anyway.
    if (values[i]! > max) max = values[i]!;
  }
  let sum = 0;
  for (let k = 0, i = start; k < classes; k++, i += stride) sum += Math.exp(values[i]! - max);
  return max + Math.log(sum);
}

/** ln softmax of one row: (K) → (K) nats. */
export function logSoftmax(row: Float64Array): Float64Array {
  const lse = logSumExp(row, 0, row.length, 1);
  return row.map((logit) => logit - lse);
}

/** softmax of one row: (K) → (K). */
export function softmax(row: Float64Array): Float64Array {
  return logSoftmax(row).map(Math.exp);
}
