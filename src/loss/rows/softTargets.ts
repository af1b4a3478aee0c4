import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';
import { softmax } from './softmax.ts';

/** Soft targets from a teacher's logits at temperature T: softmax(z/T), (K) → (K). A uniform teacher is label smoothing. */
export function distilled(teacher: Float64Array, temperature: number): Float64Array {
  return softmax(teacher.map((z) => z / temperature));
}

/** mixup and CutMix: λ·a + (1 − λ)·b, (K). Smoothing before or after mixing gives the same. */
export function mixed(a: Float64Array, b: Float64Array, lambda: number): Float64Array {
  return a.map((x, k) => lambda * x + (1 - lambda) * b[k]!);
}

/** The prediction at which a weighted loss is lowest: w∘q / Σ w∘q, (K). Not q, unless all weights are the same. */
export function weightedOptimum(q: Float64Array, weight: Float64Array): Float64Array {
  const mass = q.reduce((sum, x, k) => sum + x * weight[k]!, 0);
  return q.map((x, k) => (x * weight[k]!) / mass);
}

/**
 * A class j whose weight is more than this many times the true class's is the one the optimum favours:
 * w_j / w_y > on/off, which is 1 + K(1 − α)/α in UNIFORM_K.
 */
export function inversionBound(smoothing: Smoothing): number {
  const { on, off } = valuesOf(smoothing);
  return on / off;
}
