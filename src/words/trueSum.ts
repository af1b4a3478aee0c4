import { minus } from './numberFormat.ts';

/** Where rounding doesn't add up with so many decimals, there are a few more. */
const LEAST_DECIMALS = 4;
const MOST_DECIMALS = 8;

/**
 * A total and its two parts with as many decimals each, so that the sum is true as it's read: 0.6283 = 0.3902 + 0.2381. Each is rounded
 * for itself; where even the most decimals don't add up, they're what there is.
 */
export function trueSum(
  first: number,
  second: number,
): { readonly total: string; readonly first: string; readonly second: string; readonly decimals: number } {
  const shown = (decimals: number) =>
    [first + second, first, second].map((value) => value.toFixed(decimals)) as [string, string, string];
  const isTrue = (decimals: number) => addsUp(shown(decimals), decimals);
  let decimals = LEAST_DECIMALS;
  while (decimals < MOST_DECIMALS && !isTrue(decimals)) decimals++;
  // Less than a digit below 0 is 0.
  const [total, a, b] = shown(decimals).map((text) => minus(text.replace(/^-(0\.0+)$/, '$1')));
  return { total: total!, first: a!, second: b!, decimals };
}

/**
 * The decimals of two numbers whose difference is shown with `decimals`: as many where that is true as it's read, else one more, with
 * which the difference of what is shown always rounds to the one that is shown. 84.2 − 83.8 isn't 0.5, but 84.25 − 83.76 is.
 */
export function termDecimals(pairs: readonly (readonly [number, number])[], decimals: number): number {
  const isTrue = ([a, b]: readonly [number, number]) =>
    !Number.isFinite(a - b) ||
    addsUp(
      [a, b, a - b].map((each) => each.toFixed(decimals)),
      decimals,
    );
  return pairs.every(isTrue) ? decimals : decimals + 1;
}

function addsUp(texts: readonly string[], decimals: number): boolean {
  const [total, first, second] = texts.map((text) => Math.round(Number(text) * 10 ** decimals));
  return total === first! + second!;
}
