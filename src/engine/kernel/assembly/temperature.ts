import { exp4, expNear } from './exp';
import { madd, zero } from './lanes';

// Logits are divided by a temperature T where their exponentials are taken, not before: that costs nothing.

/** β = 1/T: what is measured is softmax(β·z). */
export let beta: f64 = 1;

/** −87/β: of less nothing is left. In the range of float32 whatever β is. */
let deepestD: f32 = -87;
/** β·log₂e, which turns d into powers of two … */
let powers: f32 = 1.4426950408889634;
/** … and what float32 has lost of it, relatively: where the rest of a row is far below the largest, it would be most of 1e−6. */
let lost: f32 = 0;
/** ln 2/β with 12 bits, and the rest: where nothing is fused, so many powers of two are taken off d before β is multiplied with. */
let octave: f32 = 0.693115234375;
let octaveRest: f32 = 3.194618e-5;

/** As large as −87/β may be for its square to be a float32. */
const FARTHEST: f32 = -1e18;

export function temperAt(inverseTemperature: f64): void {
  beta = inverseTemperature;
  deepestD = max<f32>(<f32>(-87 / inverseTemperature), FARTHEST);
  const exactly = 1.4426950408889634 * inverseTemperature;
  powers = <f32>exactly;
  // At 1 it's 1.3e−8, which is nothing over the 14 nats that are between a loss of 1e−6 and 1.
  lost = inverseTemperature == 1 ? 0 : <f32>(<f64>powers / exactly - 1);
  octave = reinterpret<f32>(reinterpret<i32>(<f32>(1 / exactly)) & ~0xfff);
  octaveRest = <f32>(1 / exactly - <f64>octave);
}

@inline export function deepestFall(): v128 {
  return f32x4.splat(deepestD);
}

@inline export function tempered(): v128 {
  return f32x4.splat(powers);
}

/** e^βd, with `tempered()` and what `exp4` takes. */
@inline export function expTempered(
  d: v128, powers: v128, rounder: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, one: v128,
): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return exp4(d, powers, rounder, c0, c1, c2, c3, c4, one);
  const n = madd(d, powers, rounder);
  const whole = f32x4.sub(n, rounder);
  const r = f32x4.sub(
    f32x4.sub(d, f32x4.mul(whole, f32x4.splat(octave))),
    f32x4.mul(whole, f32x4.splat(octaveRest)),
  );
  return expNear(n, f32x4.mul(r, f32x4.splat(<f32>beta)), c0, c1, c2, c3, c4, one);
}

/** Read as a whole number, the bits of a float up to 1 are less than these by 2²³ times its −log₂, within a tenth of one. */
const ONE: i32 = 0x3f800000;
const NATS_OF_A_BIT: f32 = 8.262958294867817e-8;

/**
 * Σ e^βd of a row, each d < 0, with what `powers` has lost: a factor 1 − lost·β·d for each e^βd. The mean of −β·d, weighted by them,
 * is −ln Σ and their entropy, which is between 0 and ln K: `spread` is the middle of that.
 */
@inline export function regained(sum: v128, spread: f32): v128 {
  if (!ASC_FEATURE_RELAXED_SIMD || lost == 0) return sum;
  const bits = f32x4.max(zero(), f32x4.convert_i32x4_s(i32x4.sub(i32x4.splat(ONE), sum)));
  const nats = madd(bits, f32x4.splat(NATS_OF_A_BIT), f32x4.splat(spread));
  return madd(sum, f32x4.mul(nats, f32x4.splat(lost)), sum);
}
