import { SLICE, type Work } from '../../loss/work.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';

const COMMA = 0x2c;
const POINT = 0x2e;
const SPACE = 0x20;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
/** A longer field isn't a number. */
const LONGEST = 40;

/** "1,5": half of the world writes numbers so. */
const WITH_COMMA = /^[+-]?\d+,\d+(?:e[+-]?\d+)?(?: ?%)?$/i;
/** "1,234", which may as well be a thousand and more. */
const LIKE_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;
/** "1.5", "1.234,5": what doesn't go with decimal commas. */
const WITH_POINT = /^[+-]?\d[\d,]*\.[\d.,]*\d(?:e[+-]?\d+)?$/i;
/** "1,5", "1,234.5", "1.234,5". */
const WITH_ANY = /^[+-]?\d[\d.]*,[\d.,]*\d(?:e[+-]?\d+)?$/i;

/** True for a number with a decimal comma, or with a comma between its thousands. */
export function hasDecimalComma(text: string): boolean {
  return WITH_COMMA.test(text);
}

/** A text as the number that it is with a decimal point; other texts as they are. */
export function withDecimalPoint(text: string): string {
  return WITH_COMMA.test(text) ? text.replace(',', '.') : text;
}

/** What is wrong with a field that should have a number. */
export function notNumber(offset: number, text: string): ReadProblem {
  const found = text.slice(0, 24);
  return WITH_ANY.test(text)
    ? { reason: 'decimal-comma', offset, found }
    : { reason: 'not-a-number', offset, found };
}

/**
 * True if a table's numbers have commas for points: some of its first fields do, of which one can't be a number of thousands, and none
 * has a point. Without that nobody knows what "1,234" is.
 */
export function haveDecimalCommas(texts: Iterable<string>): boolean {
  let isSure = false;
  for (const text of texts) {
    if (text.length > LONGEST) continue;
    if (WITH_POINT.test(text)) return false;
    isSure ||= WITH_COMMA.test(text) && !LIKE_THOUSANDS.test(text);
  }
  return isSure;
}

/** "1,05", "-0,5", "0,125", "1,5e-3": no two numbers with a comma between them are written so. */
const SURELY_DECIMAL = /^[+-]?\d+,0\d|^-0,|^[+-]?0,\d{3}|,\d{4}|e|%/i;
/** "2,13": of two digits everywhere it's a number in a table; between spaces also a point. */
const TWO_DIGITS = /,\d\d/;

/**
 * The first number with a comma in lines that have no names above them, where that may as well be a comma between two numbers:
 * "1,2 3,4" and "2,1;0". Undefined where it's a decimal comma.
 */
export function unclearComma(texts: readonly string[], delimiter: number): string | undefined {
  const own = texts.filter(hasDecimalComma);
  if (delimiter === COMMA || own.some((text) => SURELY_DECIMAL.test(text))) return undefined;
  const isSure =
    delimiter !== SPACE && (own.length < texts.length || own.every((text) => TWO_DIGITS.test(text)));
  return isSure ? undefined : own[0];
}

/** Of numbers between spaces both are as likely; between semicolons, as spreadsheets write them, decimals are likelier, which is said. */
export function refusesCommas(delimiter: number): boolean {
  return delimiter === SPACE;
}

/** Numbers, with commas or whole, that something else is between: nobody knows what the commas are. Longer texts aren't looked at. */
export function unclearNumbers(bytes: Uint8Array): ReadProblem | undefined {
  if (bytes.length > LONGEST_UNCLEAR || !bytes.includes(COMMA)) return undefined;
  const text = String.fromCharCode(...bytes);
  const lines = text.split('\n').map((line) => line.split(/[\s;|]+/).filter((word) => word !== ''));
  const words = lines.flat();
  const isPart = (word: string) => hasDecimalComma(word.replace(/,$/, '')) || /^[+-]?\d+,?$/.test(word);
  const found = words.find((word) => hasDecimalComma(word.replace(/,$/, '')));
  if (found === undefined || !words.every(isPart) || lines.every(({ length }) => length < 2))
    return undefined;
  return { reason: 'decimal-comma', offset: text.indexOf(found), found: found.replace(/,$/, '') };
}

/** Numbers that someone typed. */
const LONGEST_UNCLEAR = 1 << 12;

/**
 * A table with points in the place of its decimal commas, all else as it was and where it was: commas in texts and in lists are none.
 * Throws Unreadable for a number with a point among them. Where commas are between the fields, those in quotes are decimal commas.
 */
export function* withDecimalPoints(bytes: Uint8Array, delimiter: number): Work<Uint8Array> {
  const changed = bytes.slice();
  let nextYield = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (i >= nextYield) {
      yield i / bytes.length;
      nextYield = i + SLICE;
    }
    const byte = bytes[i]!;
    if ((byte !== COMMA && byte !== POINT) || !isDigit(bytes[i - 1]) || !isDigit(bytes[i + 1])) continue;
    const isQuoted = byte === COMMA && delimiter === COMMA;
    const { start, text } = fieldAround(bytes, i, isQuoted ? QUOTE : delimiter);
    if (byte === COMMA && hasDecimalComma(text)) changed[i] = POINT;
    if (byte === POINT && WITH_POINT.test(text))
      throw new Unreadable({ reason: 'decimal-comma', offset: start, found: text.slice(0, 24) });
  }
  return changed;
}

/** The field around a place in it; '' if that is longer than any number. */
function fieldAround(
  bytes: Uint8Array,
  at: number,
  delimiter: number,
): { readonly start: number; readonly text: string } {
  const ends = (byte: number | undefined) =>
    byte === undefined || byte === delimiter || byte === QUOTE || byte === LF || byte === CR;
  let start = at;
  while (at - start <= LONGEST && !ends(bytes[start - 1])) start--;
  let end = at;
  while (end - at <= LONGEST && !ends(bytes[end])) end++;
  if (end - start > LONGEST) return { start, text: '' };
  return { start, text: String.fromCharCode(...bytes.subarray(start, end)).trim() };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
