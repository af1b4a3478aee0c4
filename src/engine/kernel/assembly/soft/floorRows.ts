import { madd, one, SUMMED, sumOfTwo, tailMask, widened, zero } from '../lanes';
import { classes } from '../pass';

/** Of targets above, −q·ln q is computed in float64: near 1 it's made of what float32 would round off q. */
const LARGE: f32 = 0.5;

/**
 * The floor of each row of soft targets t under a softmax, all weights 1, in nats: with q = keep·t + off and R = Σ q it's
 * R·ln R − Σ q·ln q. (rows) float64 into `into`.
 */
export function floorRows(soft: usize, rows: i32, keep: f64, off: f64, into: usize): void {
  for (let row = 0; row < rows; row++) {
    store<f64>(into, floorOf(soft, keep, off));
    soft += <usize>classes << 2;
    into += 8;
  }
}

function floorOf(soft: usize, keep: f64, off: f64): f64 {
  const scale = f32x4.splat(<f32>keep), offs = f32x4.splat(<f32>off), large = f32x4.splat(LARGE);
  const unit = one(), bias = i32x4.splat(BIAS);
  const b0 = v128.load32_splat(LOG), b1 = v128.load32_splat(LOG, 4), b2 = v128.load32_splat(LOG, 8);
  const b3 = v128.load32_splat(LOG, 12), two = v128.load32_splat(LOG, 16), ln2 = v128.load32_splat(LOG, 20);
  const split = v128.load32_splat(LOG, 24);
  const end = soft + (<usize>classes << 2);
  const full = soft + ((<usize>classes & ~3) << 2);
  let terms: f64 = 0, mass: f64 = 0;
  let least = zero();
  let p = soft;
  while (p < end) {
    const start = p;
    const stop = min(p + SUMMED, full);
    let sum = zero(), masses = sum, above = sum;
    for (; p < stop; p += 16) {
      const t = v128.load(p);
      const isLarge = f32x4.gt(t, large);
      const q = v128.andnot(madd(t, scale, offs), isLarge);
      above = v128.or(above, isLarge);
      least = f32x4.pmin(least, q);
      masses = f32x4.add(masses, q);
      sum = madd(q, log4(q, b0, b1, b2, b3, two, ln2, split, bias, unit), sum);
    }
    if (p == full && p < end) {
      const mask = tailMask(classes & 3);
      const t = v128.load(p);
      const isLarge = v128.and(mask, f32x4.gt(t, large));
      const q = v128.andnot(v128.and(mask, madd(t, scale, offs)), isLarge);
      above = v128.or(above, isLarge);
      least = f32x4.pmin(least, q);
      masses = f32x4.add(masses, q);
      sum = madd(q, log4(q, b0, b1, b2, b3, two, ln2, split, bias, unit), sum);
      p = end;
    }
    terms += sumOfTwo(widened(sum));
    mass += sumOfTwo(widened(masses));
    if (!v128.any_true(above)) continue;
    for (let at = start; at < p; at += 4) {
      const t = load<f32>(at);
      if (!(t > LARGE)) continue;
      const q = keep * <f64>t + off;
      terms += q > 0 ? q * Math.log(q) : q == 0 ? 0 : NaN;
      mass += q;
    }
  }
  if (v128.any_true(f32x4.lt(least, zero()))) return NaN;
  return mass > 0 ? mass * Math.log(mass) - terms : mass == 0 ? -terms : NaN;
}

/** As `exp` has them for 2·artanh, and what splits a number into a power of two and 2/3…4/3. */
const LOG = memory.data<f32>([
  0.6666641235351562, 0.4002169966697693, 0.279991090297699, 0.28024622797966003, 2, 0.6931471805599453, 1.5,
]);
const BIAS: i32 = 127;

/** ln q of normal numbers, and something finite of 0 and of what is less than those, with the constants held in locals. */
@inline function log4(
  q: v128, b0: v128, b1: v128, b2: v128, b3: v128, two: v128, ln2: v128, split: v128, bias: v128, one: v128,
): v128 {
  const n = i32x4.sub(i32x4.shr_s(f32x4.mul(q, split), 23), bias);
  const u = f32x4.sub(i32x4.sub(q, i32x4.shl(n, 23)), one);
  const s = f32x4.div(u, f32x4.add(two, u));
  const t = f32x4.mul(s, s);
  const odd = madd(madd(madd(madd(b3, t, b2), t, b1), t, b0), t, two);
  return madd(f32x4.convert_i32x4_s(n), ln2, f32x4.mul(s, odd));
}
