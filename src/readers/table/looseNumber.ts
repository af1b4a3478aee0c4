import { written } from '../text/scannedScalars.ts';

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

/** A number that isn't one in JSON, as "1.", ".5", "+2" and "007" aren't; undefined if it's none. `written` says its decimals. */
export function looseNumber(text: string): number | undefined {
  const parts = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(?:[eE][+-]?\d+)?$/.exec(text);
  if (!parts) return SPECIAL.get(text.toLowerCase());
  written.decimals = (parts[1] ?? parts[2] ?? '').length;
  return Number(text);
}
