import { endsNumber, numberEnd, skipSpace, wordEnd, wordValue, writtenDecimals } from './jsonGrammar';
import {
  exponentEnd,
  LANES,
  LAST,
  LAST_DIGITS,
  readExponent,
  scale,
  significantDigits,
  TENS,
} from './jsonNumber';

const COMMA: u32 = 0x2c;
const MINUS: u32 = 0x2d;
const DOT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const OPEN: u32 = 0x5b;
const CLOSE: u32 = 0x5d;
const E: u32 = 0x65;

/** The most digits whose value fits 63 bits, with one in front that is small. */
const MOST_DIGITS: u32 = 20;
/** With this many times 1e16 the mantissa still fits 63 bits. */
const MOST_HEAD: u32 = 921;

/**
 * Reads numbers of JSON text from `text` on as float32 to `values`: the numbers that follow one (`text` is at the
 * comma after it), or whole lists of `rowLength` numbers (`text` is at a bracket) with the places of their brackets,
 * plus `origin`, in float64 to `spans`. Stops before anything else, and returns where the last number or list ends.
 *
 * The text is followed by 32 zero bytes, and before `text` 32 bytes can be read. Numbers that need more than float64 to be
 * rounded right are left to the caller: a list of their (index, start, end) at `fixes`. At `result`, in u32: how many
 * values, lists and fixes; the most decimals; where the list that isn't complete began, or 0, and how many of its
 * numbers are among the values.
 */
export function scanJson(
  text: usize,
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
  const bias = v128.load(LANES);
  const limit = v128.load(LANES, 16);
  const low = v128.load(LANES, 32);
  const tens = v128.load(LANES, 48);
  const hundreds = v128.load(LANES, 64);
  const myriads = v128.load(LANES, 80);
  const firstSpan = spans;
  const firstFix = fixes;
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
      // Bit i is set where byte i isn't a digit.
      const first: u32 = i8x16.bitmask(i8x16.lt_s(i8x16.add(v128.load(p), bias), limit));
      const second: u32 = i8x16.bitmask(i8x16.lt_s(i8x16.add(v128.load(p, 16), bias), limit));
      let others = first | (second << 16);
      const negative = others & 1;
      others &= ~1;
      const point: u32 = ctz(others);
      let length = point;
      let decimals: u32 = 0;
      let dot: u32 = 0;
      if (<u32>load<u8>(p + point) === DOT) {
        length = ctz(others & (others - 1));
        decimals = length - point - 1;
        dot = 1;
      }
      let whole = point - negative;
      let digits = whole + decimals;
      let q = p + length;
      next = load<u8>(q);
      if (digits > MOST_DIGITS) {
        if (length < 32) digits = significantDigits(p + negative, digits);
        if (digits > MOST_DIGITS) whole = 0;
      }
      let exact = false;
      if (
        whole !== 0 &&
        (decimals !== 0 || dot === 0) &&
        ((<u32>load<u8>(p) ^ MINUS) & (0 - negative)) === 0 &&
        (whole === 1 || <u32>load<u8>(p + negative) !== ZERO)
      ) {
        const mantissa = mantissaOf(q, dot, decimals, digits, low, tens, hundreds, myriads);
        let value: f64;
        if (next !== COMMA && (next | 0x20) === E) {
          q = exponentEnd(q);
          next = load<u8>(q);
          value = scale(mantissa, readExponent - <i32>decimals);
        } else {
          value = <f64>mantissa / load<f64>(TENS + ((<usize>decimals) << 3));
        }
        const bits = reinterpret<u64>(value);
        // Near the middle of two float32 the last bits of float64 decide: too near, and they have to be right.
        exact = mantissa >= 0 && ((bits - 0x0ffffff8) & 0x1fffffff) > 16;
        store<f32>(out, <f32>reinterpret<f64>(bits | ((<u64>negative) << 63)));
      }
      if (!exact) {
        q = numberEnd(p);
        if (q !== 0) {
          if (fixes === fixesEnd) break;
          store<u32>(fixes, (out - values) >> 2);
          store<u32>(fixes, p, 4);
          store<u32>(fixes, q, 8);
          fixes += 12;
          decimals = writtenDecimals(p);
        } else {
          q = wordEnd(p);
          if (q === 0) break;
          store<f32>(out, wordValue(p));
          decimals = 0;
        }
        next = load<u8>(q);
      }
      if (!endsNumber(next)) break;
      out += 4;
      mostDecimals = max(mostDecimals, decimals);
      done = q;
      if (next !== COMMA) {
        q = skipSpace(q);
        next = load<u8>(q);
        if (next !== COMMA) break;
      }
      p = q + 1;
      if (load<u8>(p) <= 0x20) p = skipSpace(p);
      next = 0;
    }
    // Here `next` is what follows the last number; a list is complete if that is its bracket.
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
  store<u32>(result, (fixes - firstFix) / 12, 8);
  store<u32>(result, mostDecimals, 12);
  store<u32>(result, open ? rowStart : 0, 16);
  store<u32>(result, open ? (out - rowValues) >> 2 : 0, 20);
  return done;
}

/**
 * The number that up to 20 `digits`, ending before `end`, make without their decimal point; negative if it is too large.
 * The digits left of the point are loaded one byte further left, so that there's no gap: no branch on how many there are.
 */
function mantissaOf(
  end: usize,
  dot: u32,
  decimals: u32,
  digits: u32,
  low: v128,
  tens: v128,
  hundreds: v128,
  myriads: v128,
): i64 {
  const shifted = end - <usize>dot;
  const afterDot = v128.load(LAST + 16 + <usize>decimals);
  const bytes = v128.bitselect(v128.load(end - 16), v128.load(shifted - 16), afterDot);
  const ones = v128.and(bytes, v128.load(LAST_DIGITS + 16 + <usize>digits));
  const pairs = i16x8.add(i16x8.mul(v128.and(ones, low), tens), i16x8.shr_u(ones, 8));
  const quads = i32x4.dot_i16x8_s(pairs, hundreds);
  const eights = i64x2.extract_lane(i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(quads, quads), myriads), 0);
  // The four digits before the last 16.
  const headAfterDot = load<u32>(LAST + 12 + <usize>decimals);
  const headBytes = (load<u32>(end - 20) & headAfterDot) | (load<u32>(shifted - 20) & ~headAfterDot);
  const headPairs = (((headBytes & load<u32>(LAST_DIGITS + 12 + <usize>digits)) * 2561) >> 8) & 0x00ff00ff;
  const head = (headPairs * 6553601) >> 16;
  if (head > MOST_HEAD) return -1;
  return <i64>head * 10000000000000000 + (eights & 0xffffffff) * 100000000 + (eights >>> 32);
}
