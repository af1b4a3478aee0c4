/** More characters than any number is written with. */
export const LONGEST_NUMBER = 400;

const SPECIAL = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** A number as tables write it. */
export interface LooseNumber {
  readonly value: number;
  /** How many it was written with. */
  readonly decimals: number;
}

/** A number that isn't one in JSON, as "1.", ".5", "+2" and "007" aren't; undefined if it's none. */
export function looseNumber(text: string): LooseNumber | undefined {
  const parts = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(?:[eE][+-]?\d+)?$/.exec(text);
  if (parts) return { value: Number(text), decimals: (parts[1] ?? parts[2] ?? '').length };
  const special = SPECIAL.get(text.toLowerCase());
  return special === undefined ? undefined : { value: special, decimals: 0 };
}
