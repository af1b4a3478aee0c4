import { isDigit } from './jsonGrammar';

/** Constants for `scanJson`, 16 bytes each. */
export const LANES: usize = memory.data<u8>(
  [
    // Added to a byte, it makes the digits the largest signed bytes …
    0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46, 0x46,
    // … from this on.
    0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 0x76, 255, 0,
    255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0, 10, 0,
    10, 0, 100, 0, 1, 0, 100, 0, 1, 0, 100, 0, 1, 0, 100, 0, 1, 0, 0x10, 0x27, 1, 0, 0x10, 0x27, 1, 0, 0x10,
    0x27, 1, 0, 0x10, 0x27, 1, 0,
  ],
  16,
);

/** Powers of ten, the exact ones (to 1e22) and some that are rounded. */
export const TENS: usize = memory.data<f64>(
  [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34, 1e35,
    1e36, 1e37, 1e38, 1e39, 1e40, 1e41, 1e42, 1e43, 1e44, 1e45, 1e46, 1e47, 1e48, 1e49, 1e50, 1e51, 1e52,
    1e53, 1e54, 1e55, 1e56, 1e57, 1e58, 1e59, 1e60, 1e61, 1e62, 1e63,
  ],
  16,
);
const MOST_TENS: i32 = 63;

/** 32 zeros and then ones: 16 bytes from `16 + n` on keep the last n lanes. */
export const LAST: usize = memory.data<u8>(
  [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  ],
  16,
);
/** The same, and makes a number of a digit. */
export const LAST_DIGITS: usize = memory.data<u8>(
  [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 15,
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
  ],
  16,
);

/** `count` without the zeros that the number at `p` begins with. */
export function significantDigits(p: usize, count: u32): u32 {
  for (let byte: u32 = load<u8>(p); byte === 0x30 || byte === 0x2e; byte = load<u8>(++p)) {
    if (byte === 0x30) count--;
  }
  return count;
}

/** What `exponentEnd` has read. */
export let readExponent: i32 = 0;

/** Reads the exponent whose E is at `p`, to its end; up to `p` if there's none. */
export function exponentEnd(p: usize): usize {
  const sign: u32 = load<u8>(p, 1);
  const from = p + 1 + <usize>(sign === 0x2b || sign === 0x2d);
  let exponent: i32 = 0;
  let q = from;
  while (isDigit(load<u8>(q)) && q - from < 4) exponent = exponent * 10 + <i32>load<u8>(q++) - 0x30;
  readExponent = sign === 0x2d ? -exponent : exponent;
  return q === from ? p : q;
}

/** The middle of two float32, where nothing is sure. */
const UNSURE: f64 = 16777217;

/**
 * mantissa · 10^exponent, at most 4 units in the last place from the truth; UNSURE if it isn't an ordinary float32,
 * or out of reach.
 */
export function scale(mantissa: i64, exponent: i32): f64 {
  if (mantissa === 0) return 0;
  if (exponent < -MOST_TENS || exponent > MOST_TENS) return UNSURE;
  const value =
    exponent < 0
      ? <f64>mantissa / load<f64>(TENS + ((<usize>-exponent) << 3))
      : <f64>mantissa * load<f64>(TENS + ((<usize>exponent) << 3));
  return value >= 1.1754943508222875e-38 && value < 3.4e38 ? value : UNSURE;
}
