/** What the rows should be: one class index each, (rows), or probabilities in the layout of the logits. */
export type Targets =
  | { readonly kind: 'indices'; readonly values: Int32Array }
  | { readonly kind: 'soft'; readonly values: Float32Array | Float64Array };

/** What a label of 1 becomes if α of it is shared out among K classes: 1 − α + α/K. */
export function onValue(alpha: number, classes: number): number {
  return 1 - alpha + alpha / classes;
}

/** What a label of 0 becomes: α/K. */
export function offValue(alpha: number, classes: number): number {
  return alpha / classes;
}

/** (K) with 1 at `index`, else 0. */
export function oneHot(classes: number, index: number): Float64Array {
  const target = new Float64Array(classes);
  target[index] = 1;
  return target;
}
