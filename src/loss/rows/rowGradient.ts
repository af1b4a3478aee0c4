import { type Smoothing, smoothed } from '../conventions/smoothing.ts';
import type { LossSpec } from '../lossSpec.ts';
import { focalSlope } from './probabilityCosts.ts';
import { softmax } from './softmax.ts';

/**
 * d(loss of the row)/d(logits): (K). With r = w∘q, R = Σ r a softmax loss has R·p − r; without weights p − q, the pull on each
 * class. In a focal loss each r_k is multiplied by −p·d(cost)/dp first. Sigmoids: w_k (σ(z_k) − q_k)/K.
 */
export function rowGradient(
  logits: Float64Array,
  target: Float64Array,
  smoothing: Smoothing,
  { weight, focal }: Pick<LossSpec, 'weight' | 'focal'>,
): Float64Array {
  const q = smoothed(target, smoothing);
  const r = weight ? q.map((x, k) => x * weight[k]!) : q;
  if (smoothing.activation === 'sigmoid')
    return logits.map((z, k) => ((weight ? weight[k]! : 1) / (1 + Math.exp(-z)) - r[k]!) / logits.length);
  const p = softmax(logits);
  const pull = focal ? r.map((x, k) => -x * focalSlope(p[k]!, focal)) : r;
  const mass = pull.reduce((sum, x) => sum + x, 0);
  return p.map((x, k) => mass * x - pull[k]!);
}
