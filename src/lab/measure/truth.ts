import { softmax } from '../../loss/rows/softmax.ts';

/** How far predictions are from the probabilities that are right, (rows, K): means of ½Σ|p − q| and of KL(q ‖ p) in nats. */
export function distanceToTruth(
  logits: Float32Array,
  posterior: Float32Array,
  outputs: number,
): { readonly truthDistance: number; readonly truthKl: number } {
  const rows = logits.length / outputs;
  const classes = posterior.length / rows;
  let [distance, divergence] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const p = softmax(Float64Array.from(logits.subarray(row * outputs, (row + 1) * outputs)));
    for (let k = 0; k < outputs; k++) {
      const q = k < classes ? posterior[row * classes + k]! : 0;
      distance += Math.abs(p[k]! - q) / 2;
      if (q > 0) divergence += q * Math.log(q / p[k]!);
    }
  }
  return { truthDistance: distance / rows, truthKl: divergence / rows };
}
