import { minus, nats } from './numberFormat.ts';
import { numberIn } from './readNumber.ts';

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

/**
 * What is left of a loss above its floor, where both are shown elsewhere (`floorText`: as it's shown): with as many decimals, 4 at most,
 * as make the subtraction true as it's read. 5.5057 − 0.5003 isn't 5.0055, so that is 5.005.
 */
export function trueExcess(loss: number, floor: number, floorText = nats(floor)): string {
  const excess = loss - floor;
  const text = nats(excess);
  if (!Number.isFinite(excess)) return text;
  const read = numberIn(nats(loss)) - numberIn(floorText);
  const isTrue = (shown: string, decimals: number) =>
    Math.abs(read - numberIn(shown)) <= 0.5 * 10 ** -decimals + 1e-9 * Math.max(1, Math.abs(loss));
  if (isTrue(text, LEAST_DECIMALS)) return text;
  for (let decimals = LEAST_DECIMALS - 1; decimals > 0; decimals--) {
    const rougher = minus(excess.toFixed(decimals));
    if (isTrue(rougher, decimals)) return rougher;
  }
  return text;
}

function addsUp(texts: readonly string[], decimals: number): boolean {
  const [total, first, second] = texts.map((text) => Math.round(Number(text) * 10 ** decimals));
  return total === first! + second!;
}
