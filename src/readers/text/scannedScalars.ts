import type { Cursor } from './cursor.ts';

const MINUS = 0x2d;
const DOT = 0x2e;
const QUOTE = 0x22;
const SINGLE = 0x27;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
const ESCAPES: ReadonlySet<number> = new Set(Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0)));

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** As many digits as always fit a double's 53 bits. */
const EXACT_DIGITS = 15;

const SPECIAL = new Map([
  ['NaN', Number.NaN],
  ['nan', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['inf', Number.POSITIVE_INFINITY],
]);

/** True for a byte that a number may begin with: a digit, a minus, or the first letter of NaN and Infinity in either case. */
export function startsNumber(byte: number): boolean {
  return byte === MINUS || isDigit(byte) || byte === 0x4e || byte === 0x49 || byte === 0x6e || byte === 0x69;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/**
 * The number at the cursor, exactly rounded, or undefined (the cursor stays) if there's none. RFC 8259, and what Python
 * writes: NaN, Infinity, -Infinity, nan, inf, -inf; in what is printed also 1. and .5. `cursor.written` then says how it was written.
 */
export function readNumber(cursor: Cursor): number | undefined {
  const { bytes, end } = cursor;
  const start = cursor.offset;
  const negative = bytes[start] === MINUS;
  let i = negative ? start + 1 : start;
  const first = bytes[i];
  const printed = cursor.printing !== undefined;
  const startsWithPoint = printed && first === DOT && isDigit(bytes[i + 1]);
  if (i >= end || !(isDigit(first) || startsWithPoint)) return readSpecial(cursor, negative);
  let mantissa = 0;
  let digits = 0;
  for (; i < end && isDigit(bytes[i]); i++, digits++) mantissa = mantissa * 10 + bytes[i]! - 0x30;
  // 01 isn't a number.
  if (first === 0x30 && digits > 1) return undefined;
  let decimals = 0;
  const hasPoint = bytes[i] === DOT && i < end;
  if (hasPoint) {
    const point = i++;
    for (; i < end && isDigit(bytes[i]); i++) mantissa = mantissa * 10 + bytes[i]! - 0x30;
    decimals = i - point - 1;
    if (decimals === 0 && !printed) return undefined;
  }
  const hasExponent = i < end && (bytes[i]! | 0x20) === 0x65;
  let exponent = 0;
  if (hasExponent) {
    const small = bytes[++i] === MINUS;
    if (small || bytes[i] === 0x2b) i++;
    const from = i;
    for (; i < end && isDigit(bytes[i]); i++) exponent = exponent * 10 + bytes[i]! - 0x30;
    if (i === from) return undefined;
    if (small) exponent = -exponent;
  }
  if (i < end && continuesWord(bytes[i]!)) return undefined;
  cursor.offset = i;
  const { written } = cursor;
  written.decimals = decimals;
  written.point = hasPoint;
  written.exponent = hasExponent ? exponent : undefined;
  if (hasExponent || digits + decimals > EXACT_DIGITS) return Number(cursor.text(start, i));
  // Both are exact doubles, so one division rounds once.
  const value = decimals === 0 ? mantissa : mantissa / POWERS[decimals]!;
  return negative ? -value : value;
}

/** Goes past the number at the cursor, as `readNumber` would; false, and the cursor stays, if there's none. */
export function skipNumber(cursor: Cursor): boolean {
  const { bytes, end, offset } = cursor;
  const first = bytes[offset] === MINUS ? offset + 1 : offset;
  let i = first;
  while (i < end && isDigit(bytes[i])) i++;
  const isWhole = i > first && !(bytes[first] === 0x30 && i > first + 1);
  if (isWhole && i < end && bytes[i] === DOT) {
    const point = i++;
    while (i < end && isDigit(bytes[i])) i++;
    if (i === point + 1) return readNumber(cursor) !== undefined;
  }
  // The common -1.5 ends here. What has an exponent, or is a word, is read.
  if (!isWhole || (i < end && continuesWord(bytes[i]!))) return readNumber(cursor) !== undefined;
  cursor.offset = i;
  return true;
}

function continuesWord(byte: number): boolean {
  return isDigit(byte) || byte === DOT || byte === 0x5f || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}

function readSpecial(cursor: Cursor, negative: boolean): number | undefined {
  const from = cursor.offset + (negative ? 1 : 0);
  let i = from;
  while (i < cursor.end && continuesWord(cursor.bytes[i]!)) i++;
  // What is no word isn't worth the decoding.
  const value = i === from || i - from > 8 ? undefined : SPECIAL.get(cursor.text(from, i));
  if (value === undefined) return undefined;
  cursor.offset = i;
  const { written } = cursor;
  written.decimals = 0;
  written.point = false;
  written.exponent = undefined;
  return negative ? -value : value;
}

/** True for a byte that begins a string: in JSON a double quote, where Python has printed a dict also a single one. */
export function startsString(byte: number): boolean {
  return byte === QUOTE || byte === SINGLE;
}

/** The string at the cursor, which stands on its opening quote. */
export function readString(cursor: Cursor): string {
  const start = cursor.offset;
  const end = endOfString(cursor);
  // Without an escape it means itself.
  const hasEscape = cursor.bytes.subarray(start, end).includes(BACKSLASH);
  const text = cursor.text(start + 1, end - 1);
  cursor.offset = end;
  if (!hasEscape) return text;
  return cursor.bytes[start] === QUOTE ? JSON.parse(`"${text}"`) : unescaped(text);
}

/** A string as Python prints it. What isn't an escape there stays as it is. */
function unescaped(text: string): string {
  return text.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|([\\'"nrt]))/gi, (_, short, long, letter) => {
    if (letter === undefined) return String.fromCharCode(Number.parseInt(short ?? long, 16));
    return PYTHON_ESCAPES.get(letter) ?? letter;
  });
}

const PYTHON_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Goes past the string at the cursor. */
export function skipString(cursor: Cursor): void {
  cursor.offset = endOfString(cursor);
}

/** After the closing quote of the string at the cursor, which stays where it is if that's a valid string. */
function endOfString(cursor: Cursor): number {
  const { bytes, end, offset } = cursor;
  const quote = bytes[offset]!;
  let isValid = true;
  let i = offset + 1;
  for (; i < end && bytes[i] !== quote; i++) {
    if (bytes[i]! < 0x20) break;
    if (bytes[i] === BACKSLASH && !isEscape(bytes, ++i) && quote === QUOTE) isValid = false;
  }
  if (i >= end || bytes[i] !== quote) {
    cursor.offset = Math.min(i, end);
    cursor.fail('end-quote');
  }
  if (!isValid) cursor.fail('value');
  return i + 1;
}

/** True if what stands after a backslash is an escape that JSON knows. */
function isEscape(bytes: Uint8Array, offset: number): boolean {
  const byte = bytes[offset]!;
  if (byte !== LOWER_U) return ESCAPES.has(byte);
  for (let i = offset + 1; i <= offset + 4; i++) if (!isHex(bytes[i])) return false;
  return true;
}

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}

/** Skips a word like true, null or None and returns it; undefined if there's none. */
export function readWord(cursor: Cursor): string | undefined {
  const start = cursor.offset;
  while (cursor.offset < cursor.end && continuesWord(cursor.bytes[cursor.offset]!)) cursor.offset++;
  const word = cursor.text(start, cursor.offset);
  if (/^(true|false|null|True|False|None)$/.test(word)) return word;
  cursor.offset = start;
  return undefined;
}
