import { softmax } from './softmax.ts';
import { effectiveAlpha, smoothed } from './targets.ts';

/**
 * d(loss of the row)/d(logits): (K). With r = w∘q, R = Σ r it is R·p − r; without weights p − q, the pull on each class.
 */
export function rowGradient(
  logits: Float64Array,
  target: Float64Array,
  alpha: number,
  weight: Float64Array | null,
): Float64Array {
  const q = smoothed(target, effectiveAlpha(alpha));
  const r = weight ? q.map((x, k) => x * weight[k]!) : q;
  const mass = r.reduce((sum, x) => sum + x, 0);
  return softmax(logits).map((p, k) => mass * p - r[k]!);
}
