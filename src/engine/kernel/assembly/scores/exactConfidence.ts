import { largestOfRow } from '../lanes';
import { classes } from '../pass';

/** 1/n! for n = 13…2: e^r on |r| ≤ ½ ln 2 to the last digit of float64. */
const FACTORIALS = memory.data<f64>([
  1.6059043836821613e-10, 2.08767569878681e-9, 2.505210838544172e-8, 2.755731922398589e-7, 2.7557319223985893e-6,
  2.48015873015873e-5, 1.984126984126984e-4, 1.388888888888889e-3, 8.333333333333333e-3, 4.1666666666666664e-2,
  0.16666666666666666, 0.5,
]);
const LOG2E: f64 = 1.4426950408889634;
/** ln 2 with 33 bits, and the rest. */
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** 1.5·2⁵²: adding it rounds to a whole number, which is then in the low bits. */
const ROUNDER: f64 = 6755399441055744;
/** e^x of less is 0 beside 1, however many there are. */
const DEEPEST: f64 = -700;

/** max p of rows at β, in float64, two classes at a time: (rows) float64 into `into`. NaN where a row has a NaN or +∞. */
export function exactConfidences(values: usize, rows: i32, beta: f64, into: usize): void {
  for (let row = 0; row < rows; row++) {
    store<f64>(into + (<usize>row << 3), 1 / exactTotal(values, beta));
    values += <usize>classes << 2;
  }
}

function exactTotal(values: usize, beta: f64): f64 {
  const m = f64x2.splat(<f64>largestOfRow(values, classes));
  const scale = f64x2.splat(beta);
  let sum = f64x2.splat(0);
  const end = values + (<usize>classes << 2);
  let p = values;
  for (const full = values + ((<usize>classes & ~1) << 2); p < full; p += 8)
    sum = f64x2.add(sum, exp2(f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), m), scale)));
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (p < end) {
    const d = f64x2.sub(f64x2.promote_low_f32x4(v128.load32_zero(p)), m);
    total += f64x2.extract_lane(exp2(f64x2.mul(d, scale)), 0);
  }
  return total;
}

/** e^x for x ≤ 0; NaN stays NaN. */
@inline function exp2(x: v128): v128 {
  const near = f64x2.pmax(x, f64x2.splat(DEEPEST));
  const n = f64x2.add(f64x2.mul(near, f64x2.splat(LOG2E)), f64x2.splat(ROUNDER));
  const whole = f64x2.sub(n, f64x2.splat(ROUNDER));
  const r = f64x2.sub(
    f64x2.sub(near, f64x2.mul(whole, f64x2.splat(LN2_HIGH))),
    f64x2.mul(whole, f64x2.splat(LN2_LOW)),
  );
  let p = f64x2.splat(load<f64>(FACTORIALS));
  for (let at: usize = 8; at < 96; at += 8) p = f64x2.add(f64x2.mul(p, r), v128.load64_splat(FACTORIALS + at));
  p = f64x2.add(f64x2.mul(f64x2.add(f64x2.mul(p, r), f64x2.splat(1)), r), f64x2.splat(1));
  const e = i64x2.add(p, i64x2.shl(n, 52));
  // A NaN's bits are no number to add to.
  return v128.bitselect(e, x, f64x2.eq(x, x));
}
