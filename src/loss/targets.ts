/** What the rows should be: one class index each, (rows), or probabilities in the layout of the logits. */
export type Targets =
  | { readonly kind: 'indices'; readonly values: Int32Array }
  | { readonly kind: 'soft'; readonly values: Float32Array | Float64Array };

/** (K) with 1 at `index`, else 0. */
export function oneHot(classes: number, index: number): Float64Array {
  const target = new Float64Array(classes);
  target[index] = 1;
  return target;
}
