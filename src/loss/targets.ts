/** What the rows should be: one class index each, (rows), or probabilities in the layout of the logits. */
export type Targets =
  | { readonly kind: 'indices'; readonly values: Int32Array }
  | { readonly kind: 'soft'; readonly values: Float32Array | Float64Array };

/** The smoothed target of the true class: 1 − α + α/K. */
export function onValue(alpha: number, classes: number): number {
  return 1 - alpha + alpha / classes;
}

/** The smoothed target of every other class: α/K. */
export function offValue(alpha: number, classes: number): number {
  return alpha / classes;
}

/** (K) with 1 at `index`, else 0. */
export function oneHot(classes: number, index: number): Float64Array {
  const target = new Float64Array(classes);
  target[index] = 1;
  return target;
}

/** (1 − α)·target + α/K for each class of a target, hard or soft: (K) → (K). Sums to 1 if the target does. */
export function smoothed(target: Float64Array, alpha: number): Float64Array {
  return target.map((t) => (1 - alpha) * t + alpha / target.length);
}

/** α as PyTorch takes it: below 0 and NaN mean no smoothing. */
export function effectiveAlpha(labelSmoothing: number): number {
  return Number.isNaN(labelSmoothing) ? 0 : Math.max(0, labelSmoothing);
}
