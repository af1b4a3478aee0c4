import { minus } from './numberFormat.ts';

/** Where rounding doesn't add up with so many decimals, there are a few more. */
const LEAST_DECIMALS = 4;
const MOST_DECIMALS = 8;

/**
 * A total and its two parts with as many decimals each, so that the sum is true as it's read: 0.6283 = 0.3902 + 0.2381. Each is rounded
 * for itself; where even the most decimals don't add up, they're what there is. `mayBeRougher`: one decimal fewer is tried first, where
 * no part is so small that it would hardly be left: 2.68 = 0.39 + 2.29.
 */
export function trueSum(
  first: number,
  second: number,
  least = LEAST_DECIMALS,
  mayBeRougher = false,
): { readonly total: string; readonly first: string; readonly second: string; readonly decimals: number } {
  const shown = (decimals: number) =>
    [first + second, first, second].map((value) => value.toFixed(decimals)) as [string, string, string];
  const isTrue = (decimals: number) => addsUp(shown(decimals), decimals);
  const rougher = mayBeRougher && Math.min(first, second) >= 10 ** (2 - least) && isTrue(least - 1);
  let decimals = rougher && !isTrue(least) ? least - 1 : least;
  while (decimals < MOST_DECIMALS && !isTrue(decimals)) decimals++;
  // Less than a digit below 0 is 0.
  const [total, a, b] = shown(decimals).map((text) => minus(text.replace(/^-(0\.0+)$/, '$1')));
  return { total: total!, first: a!, second: b!, decimals };
}

function addsUp([total, first, second]: [string, string, string], decimals: number): boolean {
  const units = (text: string) => Math.round(Number(text) * 10 ** decimals);
  return units(total) === units(first) + units(second);
}
