/** Of more differences the two halves' sums would be too many; the mean of so many is normal, and Student's interval right. */
const MOST_FLIPPED = 36;
/** Sums that differ by less than this part of the whole are the same, but for rounding. */
const ROUNDING_OF_SUMS = 1e-12;

/**
 * How often differences of these sizes, with signs drawn anew, have a mean at least as far from 0: Fisher's exact test of pairs. If α
 * makes no difference, a seed's two networks could as well be exchanged, so this is right whatever the law of the differences is, where
 * Student's interval is right for normal ones. Counts all 2ⁿ signs by the sums of two halves, in O(n·2^(n/2)); 0 for more than 36.
 */
export function flipProbability(differences: readonly number[]): number {
  const count = differences.length;
  if (count > MOST_FLIPPED) return 0;
  const half = count >> 1;
  const left = signedSums(differences.slice(0, half));
  const right = signedSums(differences.slice(half)).sort();
  const total = differences.reduce((sum, d) => sum + d, 0);
  const size = differences.reduce((sum, d) => sum + Math.abs(d), 0);
  const least = Math.abs(total) - ROUNDING_OF_SUMS * size;
  if (least <= 0) return 1;
  let far = 0;
  for (const sum of left)
    far += right.length - countBelow(right, least - sum) + countBelow(right, -least - sum, true);
  return far / 2 ** count;
}

/** All ± sums: (2ⁿ). */
function signedSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  values.forEach((value, i) => {
    const known = 2 ** i;
    for (let j = 0; j < known; j++) {
      const sum = sums[j]!;
      sums[j] = sum + value;
      sums[known + j] = sum - value;
    }
  });
  return sums;
}

/** How many of the ascending numbers are less than `limit`, or with `orSame` no more than it. */
function countBelow(ascending: Float64Array, limit: number, orSame = false): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBelow = orSame ? ascending[middle]! <= limit : ascending[middle]! < limit;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low;
}
