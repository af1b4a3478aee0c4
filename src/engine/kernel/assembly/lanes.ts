// Four float32 lanes at a time. Constants are read from memory into locals before a loop: as immediates they'd be rebuilt at
// every use, which costs more than the arithmetic.

const FLOATS = memory.data<f32>([1.4426950408889634, 12582912, -87, 1, 0, -Infinity]);

@inline export function log2e(): v128 { return v128.load32_splat(FLOATS, 0); }
/** 1.5·2²³: adding it rounds to a whole number, which is then in the low bits. */
@inline export function rounder(): v128 { return v128.load32_splat(FLOATS, 4); }
/** exp of less is as good as 0, and 2ⁿ would leave the normal range. */
@inline export function deepest(): v128 { return v128.load32_splat(FLOATS, 8); }
@inline export function one(): v128 { return v128.load32_splat(FLOATS, 12); }
@inline export function zero(): v128 { return v128.load32_splat(FLOATS, 16); }
@inline export function minusInfinity(): v128 { return v128.load32_splat(FLOATS, 20); }

@inline export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** How many bytes of a row are summed in float32 before the sum goes on in float64. */
export const SUMMED: usize = 512;

/** The largest lane. */
@inline export function largestLane(v: v128): f32 {
  const low = max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1));
  return max(low, max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)));
}

/** The largest of a row's numbers; a NaN is passed over. Nothing is loaded beyond the vector that its end is in. */
@inline export function largestOfRow(values: usize, classes: i32): f32 {
  const full = values + ((<usize>classes & ~3) << 2);
  let a = minusInfinity(), b = a, c = a, d = a;
  let p = values;
  // Four at once: one would have to wait for the one before.
  for (const most = values + ((<usize>classes & ~15) << 2); p < most; p += 64) {
    a = f32x4.pmax(a, v128.load(p));
    b = f32x4.pmax(b, v128.load(p, 16));
    c = f32x4.pmax(c, v128.load(p, 32));
    d = f32x4.pmax(d, v128.load(p, 48));
  }
  for (; p < full; p += 16) a = f32x4.pmax(a, v128.load(p));
  if (classes & 3) b = f32x4.pmax(b, v128.bitselect(v128.load(p), b, tailMask(classes & 3)));
  return largestLane(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
}

/** Two float64 sums of four float32 lanes: what a block of a row adds up to goes on in float64. */
@inline export function widened(v: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(v), promotedHigh(v));
}

/** The upper two lanes in float64. */
@inline export function promotedHigh(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 0, 1));
}

/** Four float32 lanes of two and two float64. */
@inline export function demoted(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

@inline export function sumOfTwo(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** True for a number that is neither NaN nor infinite. */
@inline export function finite(x: f64): bool {
  return x - x == 0;
}

/** All bits of the lanes of a row's last vector that still belong to it: 1 to 3 of them. */
const TAILS = memory.data<i32>([-1, 0, 0, 0, -1, -1, 0, 0, -1, -1, -1, 0]);

@inline export function tailMask(lanes: i32): v128 {
  return v128.load(TAILS + ((lanes - 1) << 4));
}
