import { fixedNats } from './numberFormat.ts';
import { equalsSign, numberIn } from './readNumber.ts';

/**
 * A sum as it's read while something moves, where other digits would jump (`trueSum` has as many as it takes). Each of its numbers is
 * rounded for itself: where they don't add up to the last digit, it's said to be nearly equal.
 */
export interface ShownSum {
  readonly total: string;
  readonly sign: '=' | '≈';
  readonly first: string;
  readonly second: string;
}

/** Nats with so many decimals each: 0.628 = 0.390 + 0.238, but 0.717 ≈ 0.390 + 0.326. */
export function shownSum(first: number, second: number, decimals: number): ShownSum {
  const [total, a, b] = [first + second, first, second].map((value) => fixedNats(value, decimals));
  return {
    total: total!,
    sign: equalsSign(numberIn(a!) + numberIn(b!), numberIn(total!)),
    first: a!,
    second: b!,
  };
}
