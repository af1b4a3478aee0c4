import type { Cursor } from './cursor.ts';
import { readNumber } from './scannedScalars.ts';

const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const OPEN = 0x28;
const CLOSE = 0x29;
/** Longer words aren't numbers. */
const LONGEST = 64;
const LONGEST_ARGUMENTS = 200;

/** "1_000", "1.5f", "1.0f0" of Julia, "2L" of R. */
const WRITTEN =
  /^(\d+(?:_\d+)*)(\.(?:\d+(?:_\d+)*)?)?(?:[eEf]([+-]?\d+))?[dfFLlmM]?$|^(\.\d+)(?:[eEf]([+-]?\d+))?[dfFLlmM]?$/;
/** What Rust has after a number: "1.5_f32", "2u8". Julia's 1.5f32, which is 1.5e32, nobody has as a score. */
const RUST_TYPE = /_?(?:f(?:16|32|64)|[iu](?:8|16|32|64|128|size))$/;
/** "6.9D-01": a double of Fortran. */
const FORTRAN = /^(\d*\.\d*)[dD]([+-]?\d+)$/;

/** What the last part of a name stands for: "np.inf", "math.nan", "Inf32" of Julia, "NA" of R. */
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ...['inf', 'Inf', 'INF', 'infty', 'Infinity', 'infinity', 'INFINITY', 'PINF', 'Inf16', 'Inf32'].map(
    (name) => [name, Number.POSITIVE_INFINITY] as const,
  ),
  ['NINF', Number.NEGATIVE_INFINITY],
  ...['nan', 'NaN', 'NAN', 'NaN16', 'NaN32', 'NA', 'NA_real_', 'NA_integer_'].map(
    (name) => [name, Number.NaN] as const,
  ),
]);

/** Calls of one number that give that number: "float('-inf')", "np.float32(0.1)", "tensor(0.5)" in a list. */
const TYPES =
  /^(?:float|int|Decimal|Fraction|(?:b?float|u?int)\d+(?:_t)?|B?Float\d+|U?Int\d+|double|single|half|longdouble|tensor|Tensor|Array|array|constant|scalar)$/;

/**
 * A number as people write it in code and as languages other than JSON print it: `-np.inf`, `float('-inf')`, `np.float32(0.1)`,
 * `1_000`, `+1.5`, `1.0f0`, `−2` with a minus sign. Undefined if there's none; the cursor stays then.
 */
export function readCodeNumber(cursor: Cursor): number | undefined {
  const { offset } = cursor;
  const sign = signAt(cursor);
  cursor.offset += sign.length;
  const value =
    (sign.length > 0 && cursor.bytes[cursor.offset] !== MINUS ? readNumber(cursor) : undefined) ??
    readWrittenWord(cursor);
  if (value === undefined) {
    cursor.offset = offset;
    return undefined;
  }
  return sign.isMinus ? -value : value;
}

function signAt({ bytes, offset }: Cursor): { readonly length: number; readonly isMinus: boolean } {
  const byte = bytes[offset];
  if (byte === MINUS || byte === PLUS) return { length: 1, isMinus: byte === MINUS };
  // U+2212, as typography has it.
  const isMinus = byte === 0xe2 && bytes[offset + 1] === 0x88 && bytes[offset + 2] === 0x92;
  return { length: isMinus ? 3 : 0, isMinus };
}

/** A number that begins with a digit, a point or a name; without a sign. */
function readWrittenWord(cursor: Cursor): number | undefined {
  const { bytes, offset } = cursor;
  const end = endOfWord(cursor);
  if (end === offset || end - offset > LONGEST) return undefined;
  const word = cursor.text(offset, end);
  if (isLetter(bytes[offset]!)) {
    const name = word.slice(word.lastIndexOf('.') + 1);
    const isCall = bytes[end] === OPEN && end < cursor.end;
    if (isCall) return TYPES.test(name) ? readArgument(cursor, end + 1) : undefined;
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) take(cursor, end, 0, false, undefined);
    return constant;
  }
  const match = WRITTEN.exec(word.replace(FORTRAN, '$1e$2').replace(RUST_TYPE, ''));
  if (!match) return undefined;
  const [, whole = '', point = match[4] ?? '', exponent = match[5]] = match;
  // 01 isn't a number.
  if (whole.length > 1 && whole.startsWith('0')) return undefined;
  const decimals = point.replaceAll('_', '').length - 1;
  take(
    cursor,
    end,
    Math.max(0, decimals),
    point !== '',
    exponent === undefined ? undefined : Number(exponent),
  );
  return Number(`${whole}${point}e${exponent ?? 0}`.replaceAll('_', ''));
}

/** The number that a call is given, in quotes or not, up to after its parenthesis. */
function readArgument(cursor: Cursor, start: number): number | undefined {
  const { bytes, end, offset } = cursor;
  cursor.offset = start;
  const quote = bytes[start] === 0x22 || bytes[start] === 0x27 ? bytes[start] : undefined;
  if (quote !== undefined) cursor.offset++;
  const value = readNumber(cursor) ?? readUnquoted(cursor);
  const isClosed = quote === undefined || bytes[cursor.offset++] === quote;
  if (value !== undefined && isClosed) {
    if (bytes[cursor.offset] === CLOSE && cursor.offset < end) {
      cursor.offset++;
      return value;
    }
    const after = endOfArguments(cursor);
    if (after !== undefined) {
      cursor.offset = after;
      return value;
    }
  }
  cursor.offset = offset;
  return undefined;
}

const COMMA = 0x2c;
const LESS = 0x3c;
const MORE = 0x3e;
const NEWLINE = 0x0a;

/** After the parenthesis that closes the arguments from the cursor on, if they are simple: `, device='cuda:0', grad_fn=<A>)`. */
function endOfArguments({ bytes, offset, end }: Cursor): number | undefined {
  const limit = Math.min(end, offset + LONGEST_ARGUMENTS);
  let i = offset;
  while (i < limit && bytes[i]! <= 0x20) i++;
  if (bytes[i] !== COMMA) return undefined;
  /** What closes the quote or bracket that is open. */
  let closing = 0;
  for (; i < limit; i++) {
    const byte = bytes[i]!;
    if (closing !== 0) {
      if (byte === closing) closing = 0;
    } else if (byte === CLOSE) return i + 1;
    else if (byte === 0x22 || byte === 0x27) closing = byte;
    else if (byte === LESS) closing = MORE;
    else if (byte === OPEN) closing = CLOSE;
    else if (byte === 0x5b || byte === 0x7b || byte === NEWLINE) return undefined;
  }
  return undefined;
}

/** A constant in a call, with its sign: `float(np.inf)`. A call within a call isn't read. */
function readUnquoted(cursor: Cursor): number | undefined {
  const { offset } = cursor;
  const sign = signAt(cursor);
  cursor.offset += sign.length;
  const end = endOfWord(cursor);
  const word = end - cursor.offset > LONGEST ? '' : cursor.text(cursor.offset, end);
  const constant = CONSTANTS.get(word.slice(word.lastIndexOf('.') + 1));
  cursor.offset = offset;
  if (constant === undefined) return undefined;
  take(cursor, end, 0, false, undefined);
  return sign.isMinus ? -constant : constant;
}

function take(
  cursor: Cursor,
  end: number,
  decimals: number,
  point: boolean,
  exponent: number | undefined,
): void {
  cursor.offset = end;
  const { written } = cursor;
  written.decimals = decimals;
  written.point = point;
  written.exponent = exponent;
}

/** After the letters, digits, points and low lines from the cursor on, and a sign within an exponent. */
function endOfWord({ bytes, offset, end }: Cursor): number {
  const limit = Math.min(end, offset + LONGEST + 1);
  const startsWithDigit = !isLetter(bytes[offset] ?? 0);
  let i = offset;
  for (; i < limit; i++) {
    const byte = bytes[i]!;
    const isSign = byte === MINUS || byte === PLUS;
    const inExponent =
      isSign && startsWithDigit && i > offset && /[eEfdD]/.test(String.fromCharCode(bytes[i - 1]!));
    if (!inExponent && !isLetter(byte) && !isDigit(byte) && byte !== DOT) break;
  }
  return i;
}

function isLetter(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
