import { c0, c1, c2, c3, c4, exp4 } from './exp';
import {
  deepest, largestLane, log2e, madd, minusInfinity, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from './lanes';
import { classes, ignoreIndex, targets, weightOf, weights } from './pass';

/**
 * d(loss)/d(logits) of rows under a softmax into `into`, (rows, K) float32, multiplied by each row's `upstream`. With r = w∘q and
 * R = Σ r it's R·p − r. `on` and `off` are what labels of 1 and 0 become; with soft targets t, q = (on − off)·t + off.
 * `mass` is Σ w_k·off.
 */
export function gradientRows(
  values: usize, rows: i32, first: i32, soft: usize, on: f32, off: f32, mass: f64, upstream: usize, into: usize,
): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row++) {
    const scale = load<f32>(upstream + (<usize>row << 2));
    const target = targets ? load<i32>(targets + (<usize>(first + row) << 2)) : -1;
    if (!soft && target == ignoreIndex) memory.fill(into, 0, size);
    else if (soft) softRow(values, soft, on - off, off, mass, scale, into);
    else if (weights) hardRow<u16>(values, target, on - off, off, mass, scale, into);
    else hardRow<u8>(values, target, on - off, off, mass, scale, into);
    values += size;
    into += size;
    if (soft) soft += size;
  }
}

/** e^(z − m) of a row into `into`; returns their sum, NaN if a difference is. The row's end is not written beyond. */
@inline function exponentials(values: usize, into: usize): f64 {
  const l2e = log2e(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepest();
  const full = values + ((<usize>classes & ~3) << 2);
  const rest = classes & 3;
  let m = minusInfinity();
  let p = values;
  for (; p < full; p += 16) m = f32x4.pmax(m, v128.load(p));
  if (rest) m = f32x4.pmax(m, v128.bitselect(v128.load(p), m, tailMask(rest)));
  m = f32x4.splat(largestLane(m));
  let sums = f64x2.splat(0);
  // `pmax` takes the number where the other is a NaN.
  let odd = zero();
  p = values;
  while (p < full) {
    const stop = min(p + SUMMED, full);
    let sum = zero();
    for (; p < stop; p += 16) {
      const fall = f32x4.sub(v128.load(p), m);
      odd = v128.or(odd, f32x4.ne(fall, fall));
      const e = exp4(f32x4.pmax(deep, fall), l2e, round, a0, a1, a2, a3, a4, unit);
      v128.store(into, e);
      into += 16;
      sum = f32x4.add(sum, e);
    }
    sums = f64x2.add(sums, widened(sum));
  }
  if (rest) {
    const fall = v128.and(f32x4.sub(v128.load(p), m), tailMask(rest));
    odd = v128.or(odd, f32x4.ne(fall, fall));
    const e = exp4(f32x4.pmax(deep, fall), l2e, round, a0, a1, a2, a3, a4, unit);
    storeTail(into, e, rest);
    sums = f64x2.add(sums, widened(v128.and(tailMask(rest), e)));
  }
  return v128.any_true(odd) ? NaN : sumOfTwo(sums);
}

@inline function storeTail(into: usize, v: v128, lanes: i32): void {
  store<f32>(into, f32x4.extract_lane(v, 0));
  if (lanes > 1) store<f32>(into, f32x4.extract_lane(v, 1), 4);
  if (lanes > 2) store<f32>(into, f32x4.extract_lane(v, 2), 8);
}

@inline function hardRow<W>(values: usize, target: i32, more: f32, off: f32, mass: f64, scale: f32, into: usize): void {
  const sum = exponentials(values, into);
  const extra = sizeof<W>() > 1 && <u32>target < <u32>classes ? more * weightOf(target) : more;
  const total = (mass + <f64>extra) * <f64>scale;
  const factor = f32x4.splat(<f32>(total / sum));
  const less = f32x4.splat(-off * scale);
  const end = into + (<usize>classes << 2);
  const full = into + ((<usize>classes & ~3) << 2);
  let w = weights;
  let p = into;
  for (; p < full; p += 16) {
    const e = v128.load(p);
    const off4 = sizeof<W>() > 1 ? f32x4.mul(less, v128.load(w)) : less;
    v128.store(p, madd(e, factor, off4));
    w += 16;
  }
  for (; p < end; p += 4) {
    const weight: f32 = sizeof<W>() > 1 ? load<f32>(w) : 1;
    store<f32>(p, load<f32>(p) * f32x4.extract_lane(factor, 0) - off * scale * weight);
    w += 4;
  }
  // Whoever calls has seen to it that it's a class. If not, no memory but the row's may suffer.
  if (<u32>target >= <u32>classes) return;
  const own = into + (<usize>target << 2);
  store<f32>(own, load<f32>(own) - extra * scale);
}

function softRow(values: usize, soft: usize, more: f32, off: f32, mass: f64, scale: f32, into: usize): void {
  const sum = exponentials(values, into);
  let total = mass;
  for (let k = 0; k < classes; k++) total += <f64>more * <f64>load<f32>(soft + (<usize>k << 2)) * <f64>weightOf(k);
  const factor = <f32>(total / sum);
  for (let k = 0; k < classes; k++) {
    const at = <usize>k << 2;
    const r = weightOf(k) * (more * load<f32>(soft + at) + off);
    store<f32>(into + at, scale * (load<f32>(into + at) * factor - r));
  }
}
