import { largestLane, madd, minusInfinity, tailMask, zero } from './lanes';
import { among, classes, padding, targetOf, weightOf, writeOne } from './pass';
import { beta } from './temperature';

/** Where class k of a row of the soft targets is; they lie as the logits do. */
@inline function softAt(soft: usize, k: i32, stride: usize): f32 {
  return load<f32>(soft + <usize>k * stride);
}

/** The first of the largest; a NaN is larger than anything, as in PyTorch. Class k is at `row + k·stride`. */
export function argmax(row: usize, stride: usize): i32 {
  let best = 0;
  let largest = load<f32>(row);
  for (let k = 1; k < classes && largest == largest; k++) {
    const value = load<f32>(row + <usize>k * stride);
    if (value > largest || value != value) {
      best = k;
      largest = value;
    }
  }
  return best;
}

/** argmax of every row of K: for soft targets, whose likeliest class stands for them. True if a number isn't finite. */
export function argmaxRows(values: usize, rows: i32, into: usize): bool {
  const size = <usize>classes << 2;
  let isOdd = false;
  for (let row = 0; row < rows; row++) {
    const end = values + size;
    const naughts = zero();
    let naught = naughts, other = naughts, a = minusInfinity(), b = a;
    let p = values;
    // Two at once: one would have to wait for the one before.
    for (const most = values + (size & ~31); p < most; p += 32) {
      const x = v128.load(p), y = v128.load(p, 16);
      naught = madd(x, naughts, naught);
      other = madd(y, naughts, other);
      a = f32x4.pmax(a, x);
      b = f32x4.pmax(b, y);
    }
    for (const full = values + (size & ~15); p < full; p += 16) {
      const x = v128.load(p);
      naught = madd(x, naughts, naught);
      a = f32x4.pmax(a, x);
    }
    if (p < end) {
      const mask = tailMask(classes & 3);
      naught = madd(v128.and(v128.load(p), mask), naughts, naught);
      b = f32x4.pmax(b, v128.bitselect(v128.load(p), b, mask));
    }
    const isFinite = !v128.any_true(f32x4.ne(f32x4.add(naught, other), naughts));
    store<i32>(into + (<usize>row << 2), isFinite ? place(values, largestLane(f32x4.pmax(a, b))) : argmax(values, 4));
    isOdd = isOdd || !isFinite;
    values = end;
  }
  return isOdd;
}

/** Where the first of these numbers is in a row that has it. */
@inline function place(values: usize, wanted: f32): i32 {
  const four = f32x4.splat(wanted);
  let p = values;
  while (!v128.any_true(f32x4.eq(v128.load(p), four))) p += 16;
  return <i32>((p - values) >> 2) + ctz(i32x4.bitmask(f32x4.eq(v128.load(p), four)));
}

/**
 * One row in float64, whatever is in it: for rows with a NaN, an infinity, or differences beyond float32. `soft` is where its
 * targets are, or 0.
 */
export function carefulSoftmax(row: i32, values: usize, stride: usize, soft: usize): void {
  const prediction = argmax(values, stride);
  let m: f64 = -Infinity;
  for (let k = 0; k < classes; k++) {
    const z = <f64>load<f32>(values + <usize>k * stride);
    if (z > m) m = z;
  }
  let sum: f64 = 0;
  for (let k = 0; k < classes; k++) sum += Math.exp(beta * (<f64>load<f32>(values + <usize>k * stride) - m));
  const log = Math.log(sum);
  const target = targetOf(row, prediction);
  let hard: f64 = 0;
  let uniform: f64 = 0;
  for (let k = 0; k < classes; k++) {
    if (k == padding) continue;
    const w = <f64>weightOf(k);
    // A class of weight 0 counts nothing, but 0·∞ isn't nothing: as in PyTorch.
    const cost = w * (log - beta * (<f64>load<f32>(values + <usize>k * stride) - m));
    uniform += cost;
    if (soft) hard += <f64>softAt(soft, k, stride) * cost;
    else if (k == target) hard = cost;
  }
  const gap = beta * (m - <f64>load<f32>(values + <usize>target * stride));
  const pMax = Math.exp(beta * (<f64>load<f32>(values + <usize>prediction * stride) - m) - log);
  writeOne(row, hard, uniform / among, <f32>Math.exp(-gap - log), <f32>pMax, prediction);
}
