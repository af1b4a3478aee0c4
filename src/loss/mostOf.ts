/** The largest number of all; −∞ of none. Arguments of Math.max have to fit on the stack: of 131,072 items or more it throws. */
export function mostOf<T>(items: Iterable<T>, numberOf: (item: T) => number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const item of items) most = Math.max(most, numberOf(item));
  return most;
}

/** The smallest number of all; ∞ of none. */
export function leastOf<T>(items: Iterable<T>, numberOf: (item: T) => number): number {
  return -mostOf(items, (item) => -numberOf(item));
}
