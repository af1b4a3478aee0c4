/** The largest number of all; −∞ of none. There may be more than a call takes as arguments, as of lines that are each an array. */
export function mostOf<T>(items: readonly T[], numberOf: (item: T) => number): number {
  return items.reduce((most, item) => Math.max(most, numberOf(item)), Number.NEGATIVE_INFINITY);
}
