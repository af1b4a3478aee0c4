import { exp4 } from './exp';
import { log2e } from './lanes';

// Logits are divided by a temperature T where their exponentials are taken, not before: that costs nothing.

/** β = 1/T: what is measured is softmax(β·z). */
export let beta: f64 = 1;

/** −87/β: of less nothing is left. In the range of float32 whatever β is. */
let deepestD: f32 = -87;
/** What turns d into powers of two, or of e where nothing is fused: see `exp`. */
let powers: f32 = 1.4426950408889634;

/** As large as −87/β may be for its square to be a float32. */
const FARTHEST: f32 = -1e18;

export function temperAt(inverseTemperature: f64): void {
  beta = inverseTemperature;
  deepestD = max<f32>(<f32>(-87 / inverseTemperature), FARTHEST);
  powers = <f32>(ASC_FEATURE_RELAXED_SIMD ? 1.4426950408889634 * inverseTemperature : inverseTemperature);
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
  return ASC_FEATURE_RELAXED_SIMD
    ? exp4(d, powers, rounder, c0, c1, c2, c3, c4, one)
    : exp4(f32x4.mul(d, powers), log2e(), rounder, c0, c1, c2, c3, c4, one);
}
