import { fixedNats, settled } from './numberFormat.ts';
import { equalsSign, numberIn } from './readNumber.ts';

/**
 * A sum as it's read where something moves and other digits would jump (`trueSum` is for what stands still). Each of its numbers is
 * rounded for itself: where they don't add up to the last digit, it's said to be nearly equal; once all stands still there are more.
 */
export interface ShownSum {
  readonly total: string;
  readonly sign: '=' | '≈';
  readonly first: string;
  readonly second: string;
  /** What each has. */
  readonly decimals: number;
}

/** More than these help nobody. */
const MOST_DECIMALS = 8;

/** Nats with so many decimals each: 0.628 = 0.390 + 0.238, but 0.717 ≈ 0.390 + 0.326, or `isStill` 0.7168 = 0.3904 + 0.3264. */
export function shownSum(first: number, second: number, decimals: number, isStill = false): ShownSum {
  const shown = withDecimals(first, second, decimals);
  for (let more = decimals + 1; isStill && more <= MOST_DECIMALS; more++) {
    if (shown.sign === '=') break;
    const longer = withDecimals(first, second, more);
    if (longer.sign === '=') return longer;
  }
  return shown;
}

function withDecimals(first: number, second: number, decimals: number): ShownSum {
  const whole = first + second;
  const [total, a, b] = [whole, first, settled(second, whole)].map((value) => fixedNats(value, decimals));
  return {
    total: total!,
    sign: equalsSign(numberIn(a!) + numberIn(b!), numberIn(total!)),
    first: a!,
    second: b!,
    decimals,
  };
}
