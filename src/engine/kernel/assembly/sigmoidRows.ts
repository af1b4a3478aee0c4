import { argmax } from './careful';
import { c0, c1, c2, c3, c4, smallLog1p4 } from './exp';
import { finite, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero } from './lanes';
import { among, classes, targetOf, weightOf, weights, writeOne } from './pass';
import { beta, deepestFall, expTempered, tempered } from './temperature';

/**
 * Rows of sigmoids, the mean over their classes. With target t, z costs ln(1 + e^−|z|) + (1 − t)·max(z, 0) + t·max(−z, 0): nothing
 * is taken off anything. All but the logarithms is multiplied by β once it's summed. The true class is summed on its own. `soft` is where soft targets are, (rows, K) float32, or 0.
 */
export function sigmoidRows(values: usize, rows: i32, first: i32, soft: usize): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row++) {
    sigmoidRow(values, first + row, soft);
    values += size;
    if (soft) soft += size;
  }
}

@inline function softplus(z: f64): f64 {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** −t·ln σ(z) − (1 − t)·ln(1 − σ(z)), where what has no part in it costs nothing, not 0·∞. */
function cost(z: f64, t: f64): f64 {
  if (t == 0) return softplus(z);
  if (t == 1) return softplus(-z);
  return (1 - t) * softplus(z) + t * softplus(-z);
}

function sigmoidRow(values: usize, row: i32, soft: usize): void {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  const end = values + (<usize>classes << 2);
  const prediction = argmax(values, 4);
  const target = targetOf(row, prediction);
  const own = values + (<usize>target << 2);
  let logs = f64x2.splat(0), above = logs, below = logs, hard = logs;
  let w = weights;
  let p = values;
  while (p < end) {
    const stop = min(p + SUMMED, end);
    let log = zero(), up = log, down = log, given = log;
    for (; p < stop; p += 16) {
      const z = v128.load(p);
      let mask = end - p < 16 ? tailMask(classes & 3) : i32x4.splat(-1);
      if (!soft && own - p < 16) mask = v128.andnot(mask, i32x4.eq(i32x4.splat(<i32>(own - p) >> 2), i32x4(0, 1, 2, 3)));
      const near = f32x4.pmax(deep, f32x4.neg(f32x4.abs(z)));
      let l = smallLog1p4(expTempered(near, l2e, round, a0, a1, a2, a3, a4, unit));
      let a = f32x4.max(z, zero()), b = f32x4.max(f32x4.neg(z), zero());
      if (weights) {
        const weight = v128.load(w);
        w += 16;
        l = f32x4.mul(l, weight);
        a = f32x4.mul(a, weight);
        b = f32x4.mul(b, weight);
      }
      if (soft) {
        const t = v128.load(soft);
        soft += 16;
        const rest = f32x4.sub(f32x4.splat(1), t);
        given = f32x4.add(given, v128.and(mask, f32x4.add(f32x4.mul(rest, a), f32x4.mul(t, b))));
      }
      log = f32x4.add(log, v128.and(mask, l));
      up = f32x4.add(up, v128.and(mask, a));
      down = f32x4.add(down, v128.and(mask, b));
    }
    logs = f64x2.add(logs, widened(log));
    above = f64x2.add(above, widened(up));
    below = f64x2.add(below, widened(down));
    hard = f64x2.add(hard, widened(given));
  }
  const share = 1 / among;
  const others = sumOfTwo(logs) + beta * sumOfTwo(above);
  let uniform = sumOfTwo(logs) + beta * ((1 - share) * sumOfTwo(above) + share * sumOfTwo(below));
  let sum = sumOfTwo(logs) + beta * sumOfTwo(hard);
  const z = beta * <f64>load<f32>(own);
  if (!soft) {
    const weight = <f64>weightOf(target);
    sum = others + weight * cost(z, 1);
    uniform += weight * cost(z, share);
  }
  if (!(finite(uniform) && finite(sum))) {
    const t = soft ? soft - (<usize>((classes + 3) & ~3) << 2) : 0;
    sum = 0;
    uniform = 0;
    for (let k = 0; k < classes; k++) {
      const at = <usize>k << 2;
      const logit = beta * <f64>load<f32>(values + at);
      const weight = <f64>weightOf(k);
      sum += weight * cost(logit, soft ? <f64>load<f32>(t + at) : k == target ? 1 : 0);
      uniform += weight * cost(logit, share);
    }
  }
  const top = beta * <f64>load<f32>(values + (<usize>prediction << 2));
  const K = <f64>classes;
  writeOne(row, sum / K, uniform / K, <f32>Math.exp(-softplus(-z)), <f32>Math.exp(-softplus(-top)), prediction);
}
