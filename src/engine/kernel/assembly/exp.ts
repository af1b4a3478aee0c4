import { log2e, madd, one, rounder } from './lanes';

/**
 * 2^r = 1 + r·(c₀ + c₁·r + …) on [−½, ½], minimax: the relative error is below 9.2e−8, and 2⁰ is exactly 1. The plain build has
 * no fused multiply-add to take n·ln 2 off exactly, so it uses e^r with ln 2 in two parts.
 */
const TWO = memory.data<f32>([
  0.6931470036506653, 0.24022242426872253, 0.05550733581185341, 0.009671512991189957, 0.001326472731307149,
]);
const E = memory.data<f32>([
  0.9999997019767761, 0.4999915063381195, 0.1666763573884964, 0.04189793020486832, 0.008290315046906471,
]);
/** ln 2 with 12 bits, and the rest. */
const LN2 = memory.data<f32>([-0.693115234375, -3.194618e-5]);

@inline export function c0(): v128 { return v128.load32_splat(ASC_FEATURE_RELAXED_SIMD ? TWO : E, 0); }
@inline export function c1(): v128 { return v128.load32_splat(ASC_FEATURE_RELAXED_SIMD ? TWO : E, 4); }
@inline export function c2(): v128 { return v128.load32_splat(ASC_FEATURE_RELAXED_SIMD ? TWO : E, 8); }
@inline export function c3(): v128 { return v128.load32_splat(ASC_FEATURE_RELAXED_SIMD ? TWO : E, 12); }
@inline export function c4(): v128 { return v128.load32_splat(ASC_FEATURE_RELAXED_SIMD ? TWO : E, 16); }

/** e^x for −87 ≤ x ≤ 88, with what `log2e` and the others give, held in locals. */
@inline export function exp4(
  x: v128, log2e: v128, rounder: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, one: v128,
): v128 {
  const n = madd(x, log2e, rounder);
  const whole = f32x4.sub(n, rounder);
  const r = ASC_FEATURE_RELAXED_SIMD
    ? f32x4.relaxed_madd(x, log2e, f32x4.sub(rounder, n))
    : f32x4.add(
        f32x4.add(x, f32x4.mul(whole, v128.load32_splat(LN2, 0))),
        f32x4.mul(whole, v128.load32_splat(LN2, 4)),
      );
  return expNear(n, r, c0, c1, c2, c3, c4, one);
}

/** What is left to do for e^x once n powers of two, in the low bits of `n`, have been taken off: r is what remains. */
@inline export function expNear(
  n: v128, r: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, one: v128,
): v128 {
  const p = madd(madd(madd(madd(madd(c4, r, c3), r, c2), r, c1), r, c0), r, one);
  return i32x4.add(p, i32x4.shl(n, 23));
}

/** e^x outside a hot loop. */
@inline export function expOf(x: v128): v128 {
  return exp4(x, log2e(), rounder(), c0(), c1(), c2(), c3(), c4(), one());
}

/** 2·artanh(s) = s·(2 + q(s²)·s²) on |s| ≤ ⅓ with relative error below 5e−9: ln((1 + s)/(1 − s)). */
const ARTANH = memory.data<f32>([
  0.6666641235351562, 0.4002169966697693, 0.279991090297699, 0.28024622797966003, 2, 0.6931471805599453, 0.5,
]);

/** ln(1 + u) for −⅓ ≤ u ≤ 1. Keeps its relative precision for any small u. */
@inline export function smallLog1p4(u: v128): v128 {
  const two = v128.load32_splat(ARTANH, 16);
  const s = f32x4.div(u, f32x4.add(two, u));
  const t = f32x4.mul(s, s);
  let q = madd(v128.load32_splat(ARTANH, 12), t, v128.load32_splat(ARTANH, 8));
  q = madd(madd(q, t, v128.load32_splat(ARTANH, 4)), t, v128.load32_splat(ARTANH, 0));
  return f32x4.mul(s, madd(q, t, two));
}

/** ln(1 + u) for any u ≥ 0 below 2¹²⁶; NaN stays NaN. */
@inline export function log1p4(u: v128): v128 {
  const s = f32x4.add(one(), u);
  // 1 + u = 2ⁿ·f with f in [⅔, 1⅓): the exponent of (1 + u)·1.5 is n.
  const n = i32x4.sub(i32x4.shr_s(f32x4.mul(s, f32x4.add(one(), v128.load32_splat(ARTANH, 24))), 23), i32x4.splat(127));
  const f = i32x4.sub(s, i32x4.shl(n, 23));
  // With n = 0 f − 1 is u itself: what rounding 1 + u lost isn't lost.
  const reduced = v128.bitselect(u, f32x4.sub(f, one()), i32x4.eq(n, i32x4.splat(0)));
  const log = madd(f32x4.convert_i32x4_s(n), v128.load32_splat(ARTANH, 20), smallLog1p4(reduced));
  return v128.bitselect(log, u, f32x4.eq(u, u));
}
