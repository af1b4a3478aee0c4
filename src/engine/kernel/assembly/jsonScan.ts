import { endsNumber, skipSpace } from './jsonGrammar';
import {
  anyNumber,
  doubt,
  exponent,
  exponentEnd,
  fixCount,
  listFixes,
  numberDecimals,
  scaled,
  significantDigits,
} from './jsonNumber';
import { LANES, LAST, LAST_DIGITS, TENS } from './jsonTables';

const COMMA: u32 = 0x2c;
const MINUS: u32 = 0x2d;
const DOT: u32 = 0x2e;
const ONE: u32 = 0x31;
const OPEN: u32 = 0x5b;
const CLOSE: u32 = 0x5d;
const E: u32 = 0x65;

/** The most digits that are read at once … */
const MOST_DIGITS: u32 = 20;
/** … and the most that the first four of so many may be: with this many times 1e16 the mantissa still fits 63 bits. */
const MOST_HEAD: i32 = 921;

/** Sets a bit at `marks` for each byte from `text` to `end` that isn't a digit. Whole blocks of 32 bytes. */
export function markJson(text: usize, end: usize, marks: usize): void {
  const bias = v128.load(LANES);
  const limit = v128.load(LANES, 16);
  for (; text < end; text += 32, marks += 4) {
    store<u16>(marks, i8x16.bitmask(i8x16.lt_s(i8x16.add(v128.load(text), bias), limit)));
    store<u16>(marks, i8x16.bitmask(i8x16.lt_s(i8x16.add(v128.load(text, 16), bias), limit)), 2);
  }
}

/**
 * Reads numbers of JSON text from `text` on as float32 to `values`: the numbers that follow one (`text` is at the comma
 * after it), or whole lists of `rowLength` numbers (`text` is at a bracket) with the places of their brackets, plus
 * `origin`, in float64 to `spans`. Stops before anything else, and returns where the last number or list ends.
 *
 * The text ends with 96 zero bytes, begins after 32 bytes that can be read, and has its bits of `markJson` where byte p
 * has bit p of `marks`. Numbers that need more than float64 to be rounded right are left to the caller: a list of their
 * (index, start, end) at `fixes`. At `result`, in u32: how many values, lists and fixes; the most decimals; where the
 * list that isn't complete began, or 0, and how many of its numbers are among the values.
 */
export function scanJson(
  text: usize,
  marks: usize,
  values: usize,
  spans: usize,
  spansEnd: usize,
  fixes: usize,
  fixesEnd: usize,
  rowLength: u32,
  bare: bool,
  origin: f64,
  result: usize,
): usize {
  // In locals, not as constants: V8 makes a constant anew at each use.
  const low = v128.load(LANES, 32);
  const tens = v128.load(LANES, 48);
  const hundreds = v128.load(LANES, 64);
  const myriads = v128.load(LANES, 80);
  const firstSpan = spans;
  listFixes(values, fixes, fixesEnd);
  let done = text;
  let out = values;
  let rowValues = values;
  let rowStart: usize = 0;
  let mostDecimals: u32 = 0;
  let p = rowLength === 0 ? skipSpace(text + 1) : text;
  while (true) {
    if (rowLength !== 0) {
      if (<u32>load<u8>(p) !== OPEN || spans === spansEnd) break;
      rowStart = p;
      rowValues = out;
      p = skipSpace(p + 1);
    }
    let next: u32 = 0;
    while (true) {
      // Bit i is set where byte i of the number isn't a digit; a sign is taken out.
      let others = load<u64>(marks + (p >> 3)) >> (p & 7);
      const negative = <u32>others & 1;
      others &= ~1;
      const point = <u32>ctz(others);
      let length = point;
      let decimals: u32 = 0;
      let dot: u32 = 0;
      if (<u32>load<u8>(p + point) === DOT) {
        length = <u32>ctz(others & (others - 1));
        decimals = length - point - 1;
        dot = 1;
      }
      const whole = point - negative;
      let digits = whole + decimals;
      let q = p + length;
      if (digits > MOST_DIGITS) digits = significantDigits(p + negative, q, digits);
      next = load<u8>(q);
      // The last 16 digits, and the four before them. What is left of the point is loaded from one byte further left, so
      // that there's no gap: no branch on how many digits there are.
      const shifted = q - <usize>dot;
      const afterDot = v128.load(LAST + 16 + <usize>decimals);
      const bytes = v128.bitselect(v128.load(q - 16), v128.load(shifted - 16), afterDot);
      const ones = v128.and(bytes, v128.load(LAST_DIGITS + 16 + <usize>digits));
      const pairs = i16x8.add(i16x8.mul(v128.and(ones, low), tens), i16x8.shr_u(ones, 8));
      const quads = i32x4.dot_i16x8_s(pairs, hundreds);
      const eights = i64x2.extract_lane(i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(quads, quads), myriads), 0);
      const headAfterDot = load<u32>(LAST + 12 + <usize>decimals);
      const headBytes = (load<u32>(q - 20) & headAfterDot) | (load<u32>(shifted - 20) & ~headAfterDot);
      const headOnes = headBytes & load<u32>(LAST_DIGITS + 12 + <usize>digits);
      const head = ((((headOnes * 2561) >> 8) & 0x00ff00ff) * 6553601) >> 16;
      const mantissa = <i64>head * 10000000000000000 + (eights & 0xffffffff) * 100000000 + (eights >>> 32);
      let value = <f64>mantissa / load<f64>(TENS + (<usize>decimals << 3));
      if (next !== COMMA) {
        // Nested, or both are compared every time.
        if ((next | 0x20) === E) {
          q = exponentEnd(q);
          next = load<u8>(q);
          value = scaled(mantissa, exponent - <i32>decimals);
        }
      }
      const bits = reinterpret<u64>(value);
      store<f32>(out, <f32>reinterpret<f64>(bits | ((<u64>negative) << 63)));
      // Negative if something is wrong with that, or not sure: a point without decimals, too many digits, another sign …
      let trouble =
        <i32>(decimals - dot) |
        <i32>(MOST_DIGITS - digits) |
        (0 - <i32>((<u32>load<u8>(p) ^ MINUS) & (0 - negative))) |
        (MOST_HEAD - <i32>head) |
        doubt(bits);
      // … or a zero in front.
      if (whole !== 1 && <u32>load<u8>(p + negative) - ONE > 8) trouble = -1;
      if (trouble < 0) {
        q = anyNumber(p, out);
        // What follows something else than a number ends no list.
        next = q === 0 ? 0 : load<u8>(q);
        if (q === 0) break;
        decimals = numberDecimals;
      }
      if (next !== COMMA) {
        if (!endsNumber(next)) break;
        next = load<u8>(skipSpace(q));
      }
      done = q;
      out += 4;
      mostDecimals = max(mostDecimals, decimals);
      if (next !== COMMA) break;
      p = q + 1;
      if (<u32>load<u8>(q) !== COMMA) p = skipSpace(q) + 1;
      if (load<u8>(p) <= 0x20) p = skipSpace(p);
      next = 0;
    }
    // Here `next` is what follows the last number, if the list may end there.
    if (next !== CLOSE || rowLength === 0 || <u32>((out - rowValues) >> 2) !== rowLength) break;
    done = skipSpace(done) + 1;
    store<f64>(spans, <f64>rowStart + origin);
    store<f64>(spans, <f64>done + origin, 8);
    spans += 16;
    rowStart = 0;
    p = skipSpace(done);
    if (<u32>load<u8>(p) === COMMA) p = skipSpace(p + 1);
    else if (!bare) break;
  }
  const open = rowStart !== 0 && out > rowValues;
  store<u32>(result, (out - values) >> 2);
  store<u32>(result, (spans - firstSpan) >> 4, 4);
  store<u32>(result, fixCount, 8);
  store<u32>(result, mostDecimals, 12);
  store<u32>(result, open ? rowStart : 0, 16);
  store<u32>(result, open ? (out - rowValues) >> 2 : 0, 20);
  return done;
}
