/** The first index where something holds that holds from there on; `length` if it holds nowhere. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = low + ((high - low) >>> 1);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many of the ascending numbers are at most this. A NaN at their end is none of them. */
export function countUpTo(ascending: ArrayLike<number>, most: number): number {
  return firstIndex(ascending.length, (index) => !(ascending[index]! <= most));
}
