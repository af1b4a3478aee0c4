/** What the rows should be: one class index each, (rows), or probabilities in the layout of the logits. */
export type Targets =
  | { readonly kind: 'indices'; readonly values: Int32Array }
  | { readonly kind: 'soft'; readonly values: Float32Array | Float64Array };
