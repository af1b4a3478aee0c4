import { classes, ignoreIndex, targets } from '../pass';
import { beta } from '../temperature';
import { addScore, rests } from './scorePass';

/** One row in float64, whatever is in it: for rows with a NaN, an infinity, or a target beyond float32's reach. */
export function carefulScore(row: i32, values: usize, stride: usize): void {
  const b = beta;
  let m: f64 = -Infinity;
  for (let k = 0; k < classes; k++) {
    const z = <f64>load<f32>(values + <usize>k * stride);
    if (z > m) m = z;
  }
  let ones: f64 = -1, rest: f64 = 0, first: f64 = 0, second: f64 = 0, squares: f64 = 0;
  for (let k = 0; k < classes; k++) {
    const below = <f64>load<f32>(values + <usize>k * stride) - m;
    // Of −∞ nothing is left at any temperature.
    if (below == -Infinity) continue;
    const e = Math.exp(b * below);
    first += e * below;
    second += e * below * below;
    if (below == 0) ones += 1;
    else {
      rest += e;
      squares += e * e;
    }
  }
  rest += ones;
  if (rests) store<f32>(rests + (<usize>row << 2), <f32>rest);
  let gap: f64 = 0;
  if (targets) {
    const target = load<i32>(targets + (<usize>row << 2));
    if (target == ignoreIndex) return;
    if (<u32>target < <u32>classes) gap = m - <f64>load<f32>(values + <usize>target * stride);
  }
  const total = 1 + rest;
  const mean = first / total;
  const hit = Math.exp(-b * gap);
  const miss = 1 - hit;
  const wrong = rest + miss;
  const brier = (wrong * wrong + squares + ones + miss * (1 + hit)) / (total * total);
  const variance = second / total - mean * mean;
  addScore(Math.log1p(rest), gap, mean, variance < 0 ? 0 : variance, brier);
}
