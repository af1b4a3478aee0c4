/** What the rows should be: one class index each, (rows), or probabilities in the layout of the logits. */
export type Targets =
  | { readonly kind: 'indices'; readonly values: Int32Array }
  | { readonly kind: 'soft'; readonly values: Float32Array | Float64Array };

/** An int32 that is no class: the target of an ignored row where the ignore index itself is no int32. */
const NO_TARGET = -(2 ** 31);

/** True for a whole number from −2³¹ to 2³¹ − 1; NaN and infinities aren't. */
export function isInt32(value: number): boolean {
  return (value | 0) === value;
}

/** What ignored rows have among int32 targets. `NO_TARGET`, which no other row has, where nothing is ignored. */
export function ignoredTarget(ignoreIndex: number | null): number {
  return ignoreIndex !== null && isInt32(ignoreIndex) ? ignoreIndex : NO_TARGET;
}

/** Targets that are classes or the ignore index, as int32. None is wrapped: an ignore index beyond int32 becomes `NO_TARGET`. */
export function indicesOf(targets: ArrayLike<number>, ignoreIndex: number | null): Int32Array {
  if (targets instanceof Int32Array) return targets;
  const ignored = ignoredTarget(ignoreIndex);
  return Int32Array.from(targets, (target) => (target === ignoreIndex ? ignored : target));
}

/** (K) with 1 at `index`, else 0. */
export function oneHot(classes: number, index: number): Float64Array {
  const target = new Float64Array(classes);
  target[index] = 1;
  return target;
}
