/** What is taken off a row whose largest number this is. */
export function shiftOf(largest: number, probabilities: boolean): number {
  const shift = probabilities ? Math.log(largest) : largest;
  return Number.isFinite(shift) ? shift : 0;
}

/** True for a number that is finite, but not as a float32. */
export function isOnlyInFloat64(value: number): boolean {
  return Number.isFinite(value) && !Number.isFinite(Math.fround(value));
}

/** The logit that a softmax, up to a constant, or a sigmoid makes this probability of. */
export function logitOf(probability: number, sigmoid: boolean): number {
  return sigmoid ? Math.log(probability) - Math.log1p(-probability) : Math.log(probability);
}
