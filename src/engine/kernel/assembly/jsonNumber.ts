import { endsNumber, isDigit } from './jsonGrammar';
import { MOST_TENS, TENS } from './jsonTables';

const PLUS: u32 = 0x2b;
const MINUS: u32 = 0x2d;
const DOT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const E: u32 = 0x65;
/** "NaN" and "Infinity" as they are loaded. */
const NAN_WORD: u32 = 0x4e614e;
const INFI: u32 = 0x69666e49;
const NITY: u32 = 0x7974696e;

/** Any digits up to here fit 63 bits. */
const MOST_SIGNIFICANT: u32 = 18;
/** Beyond these exponents all is 0 or infinite, whatever else it is. */
const MOST_EXPONENT: i32 = 100_000_000;
/** The middle of two float32, where nothing is sure. */
const UNSURE: f64 = 16777217;

/** The decimals of what `anyNumber` has read. */
export let numberDecimals: u32 = 0;
/** How many numbers have been listed for the caller. */
export let fixCount: u32 = 0;
let firstValue: usize = 0;
let fix: usize = 0;
let lastFix: usize = 0;

/** Where `anyNumber` lists numbers, and which value is the first. */
export function listFixes(values: usize, fixes: usize, fixesEnd: usize): void {
  firstValue = values;
  fix = fixes;
  lastFix = fixesEnd;
  fixCount = 0;
}

/**
 * Reads a number of any kind at `p`, byte by byte, to `out`, or lists it if it can't be rounded here. Returns where it
 * ends; 0 if there is none: no number of RFC 8259, and neither NaN, Infinity nor -Infinity as Python writes them.
 */
export function anyNumber(p: usize, out: usize): usize {
  const start = p;
  const negative = <u32>load<u8>(p) === MINUS;
  if (negative) p++;
  const first: u32 = load<u8>(p);
  if (!isDigit(first)) return word(start, negative, out);
  if (first === ZERO && isDigit(load<u8>(p, 1))) return 0;
  let mantissa: i64 = 0;
  let significant: u32 = 0;
  numberDecimals = 0;
  for (let decimals = false; ; p++) {
    const byte: u32 = load<u8>(p);
    if (isDigit(byte)) {
      if (mantissa !== 0 || byte !== ZERO) significant++;
      if (significant <= MOST_SIGNIFICANT) mantissa = mantissa * 10 + <i64>(byte - ZERO);
      if (decimals) numberDecimals++;
    } else if (byte === DOT && !decimals && isDigit(load<u8>(p, 1))) decimals = true;
    else break;
  }
  let power = -<i32>numberDecimals;
  if ((<u32>load<u8>(p) | 0x20) === E) {
    const end = exponentEnd(p);
    if (end === p) return 0;
    power += exponent;
    p = end;
  }
  if (!endsNumber(load<u8>(p))) return 0;
  const value = significant > MOST_SIGNIFICANT ? UNSURE : scaled(mantissa, power);
  if (doubt(reinterpret<u64>(value)) >= 0) {
    store<f32>(out, <f32>(negative ? -value : value));
    return p;
  }
  if (fix === lastFix) return 0;
  store<u32>(fix, (out - firstValue) >> 2);
  store<u32>(fix, start, 4);
  store<u32>(fix, p, 8);
  fix += 12;
  fixCount++;
  return p;
}

/** The number of digits from `p` to `end`, `count`, without the zeros they begin with. */
export function significantDigits(p: usize, end: usize, count: u32): u32 {
  for (let byte: u32 = load<u8>(p); (byte === ZERO || byte === DOT) && p < end; byte = load<u8>(++p)) {
    if (byte === ZERO) count--;
  }
  return count;
}

/** What `exponentEnd` has read. */
export let exponent: i32 = 0;

/** Reads the exponent whose E is at `p`, to its end; returns `p` if there's none. */
@inline
export function exponentEnd(p: usize): usize {
  const sign: u32 = load<u8>(p, 1);
  let q = p + 1 + <usize>(sign === PLUS || sign === MINUS);
  if (!isDigit(load<u8>(q))) return p;
  exponent = 0;
  for (; isDigit(load<u8>(q)); q++) {
    if (exponent < MOST_EXPONENT) exponent = exponent * 10 + <i32>load<u8>(q) - ZERO;
  }
  if (sign === MINUS) exponent = -exponent;
  return q;
}

/**
 * Negative if a float64 that is right to 8 units in the last place is too near the middle of two float32 to say which
 * of them it is.
 */
@inline
export function doubt(bits: u64): i32 {
  return (<i32>(bits - 0x0ffffff8) & 0x1fffffff) - 17;
}

/** mantissa · 10^exponent, right to 4 units in the last place; UNSURE if it isn't an ordinary float32, or out of reach. */
@inline
export function scaled(mantissa: i64, exponent: i32): f64 {
  if (mantissa === 0) return 0;
  if (exponent < -MOST_TENS || exponent > MOST_TENS) return UNSURE;
  const value =
    exponent < 0
      ? <f64>mantissa / load<f64>(TENS + (<usize>(-exponent) << 3))
      : <f64>mantissa * load<f64>(TENS + (<usize>exponent << 3));
  return value >= 1.1754943508222875e-38 && value < 3.4e38 ? value : UNSURE;
}

function word(start: usize, negative: bool, out: usize): usize {
  let end = start;
  numberDecimals = 0;
  if ((load<u32>(start) & 0xffffff) === NAN_WORD) {
    end += 3;
    store<f32>(out, NaN);
  } else {
    if (negative) end++;
    if (load<u32>(end) !== INFI || load<u32>(end, 4) !== NITY) return 0;
    end += 8;
    store<f32>(out, negative ? -Infinity : Infinity);
  }
  return endsNumber(load<u8>(end)) ? end : 0;
}
