import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';

/** Smoothed one-hot targets under class weights: r = w∘q, for rows of each class. */
export interface WeightedTargets {
  /** (K) w; 1 without weights, 0 for a padding class. */
  readonly weight: Float64Array;
  /** (K) Σ_c w_c q_c of a row of each class, by which it counts; 0 for a padding class. */
  readonly mass: Float64Array;
}

/** All classes in O(K): w_y·on + Σ_{c≠y} w_c·off = off·Σ w + (on − off)·w_y. */
export function weightedTargets(smoothing: Smoothing, weight: Float64Array | null): WeightedTargets {
  const { classes, padding } = smoothing;
  const { on, off } = valuesOf(smoothing);
  const used = Float64Array.from({ length: classes }, (_, k) => (k === padding ? 0 : (weight?.[k] ?? 1)));
  const offs = off * used.reduce((sum, w) => sum + w, 0);
  return { weight: used, mass: used.map((w, y) => (y === padding ? 0 : offs + (on - off) * w)) };
}

/**
 * The probability of the true class at which the loss of its row is lowest, for each class that may be true: (K). Beyond it the
 * gradient pushes the class's logit down. Softmax: r_y/R of r = w∘q, R = Σ r, as the gradient is R·p − r; a sigmoid's weight
 * scales its gradient, and moves nothing.
 */
export function optimalProbabilities(smoothing: Smoothing, weight: Float64Array | null): Float64Array {
  const { on } = valuesOf(smoothing);
  // Without weights R is 1, but for what rounding adds.
  if (!weight || smoothing.activation === 'sigmoid') return new Float64Array(smoothing.classes).fill(on);
  const { weight: used, mass } = weightedTargets(smoothing, weight);
  return used.map((w, y) => (on * w) / mass[y]!);
}
