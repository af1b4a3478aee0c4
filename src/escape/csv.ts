import { UNSEEN } from './characters.ts';

/** Ends of lines that CSV doesn't know, and programs that read it line by line do. */
const OTHER_LINE_ENDS = /[\v\f\u0085\u2028\u2029]/g;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const IN_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/**
 * Where a spreadsheet begins a cell, what it skips there, and the sign of a formula, be it in its Japanese form. One that
 * separates by semicolons, as those of many languages do, sees cells within this one, and may take off their quotes.
 */
const BEGINNINGS = /(?:^|[;\t\r\n])[;"\s\p{Cf}]*([=+\-@＝＋－＠]?)/gu;

/** A text as a cell of CSV (RFC 4180). An apostrophe keeps what a spreadsheet would take for a formula; a number is left as it is. */
export function csvCell(text: string): string {
  const seen = text
    .replace(OTHER_LINE_ENDS, ' ')
    .replace(UNSEEN, (character) => (/[\t\r\n]/.test(character) ? character : '\ufffd'));
  const cell = NUMBER.test(seen) ? seen : withoutFormulas(seen);
  return IN_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function withoutFormulas(text: string): string {
  const inner = text.replace(BEGINNINGS, (skipped: string, sign: string) =>
    sign === '' ? skipped : `${skipped.slice(0, -1)}'${sign}`,
  );
  return /^[\t\r\n]/.test(inner) ? `'${inner}` : inner;
}
