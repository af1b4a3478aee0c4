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

/** A number that isn't one in JSON, as "1.", ".5", "+2" and "007" aren't, or a percentage; undefined if it's none. */
export function looseNumber(text: string): LooseNumber | undefined {
  const number = text.endsWith('%') ? text.slice(0, -1).trimEnd() : text;
  const parts = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(?:[eE][+-]?\d+)?$/.exec(number);
  if (parts) return { value: Number(number), decimals: (parts[1] ?? parts[2] ?? '').length };
  const special = SPECIAL.get(text.toLowerCase());
  return special === undefined ? undefined : { value: special, decimals: 0 };
}

/** True for a number as it's usually written. */
export function isPlainNumber(text: string | undefined): text is string {
  return text !== undefined && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+|nan|inf(?:inity)?)(?:e[+-]?\d+)?$/i.test(text);
}

/** True for a number, or what people and programs write for one that no reader here takes: "1,5", "−2", "1_000", "50%", "$3". */
export function isLikeNumber(text = ''): boolean {
  return (text.length <= LONGEST_WRITTEN && WRITTEN.test(text)) || isPlainNumber(text);
}

const LONGEST_WRITTEN = 40;
const WRITTEN =
  /^[+\-\u2212\u2013]?\p{Sc}?[+\-\u2212\u2013]?\.?\p{Nd}[\p{Nd}.,'’_\u00a0\u202f]*(?:e[+\-\u2212]?\p{Nd}+)?\s?(?:%|\p{Sc})?$/iu;
