import { c0, c1, c2, c3, c4, exp4, expOf } from './exp';
import {
  deepest, finite, largestLane, log2e, minusInfinity, one, rounder, sumOfTwo, tailMask, widened, zero,
} from './lanes';
import { carefulSoftmax } from './careful';
import { among, classes, scratch, targetOf, weightOf, weights, weightSum, writeSoftmax } from './pass';

/** How many bytes of a row are summed in float32 before the sum goes on in float64. */
const BLOCK: usize = 512;

/** Logits in this range need no largest one taken off first: e^z and its sums stay in float32. */
const RANGE = memory.data<f32>([-64, -20, 32]);

// What is kept of four rows until they are written together, as columns of `scratch`.
const REST: usize = 0;
const GAP: usize = 16;
const H1: usize = 32;
const H0: usize = 48;
const U0: usize = 64;
const PREDICTION: usize = 80;

/** After a row whose logits aren't in the usual range, this many are expected to be like it. */
const ALIKE: i32 = 15;
let unusual: i32 = 0;

/** Rows one after the other, all weights 1. Long rows are read only once as long as their logits are in the usual range. */
export function softmaxRows(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  unusual = 0;
  for (let row = 0; row < rows; row += 4) {
    const four = min(4, rows - row);
    for (let lane = 0; lane < four; lane++) {
      if (unusual > 0 || !usualRow(values, first + row + lane, lane)) {
        unusual = unusual > 0 ? unusual - 1 : ALIKE;
        anyRow<u8>(values, 0, first + row + lane, lane);
      }
      values += size;
    }
    writeFour<u8>(values - size * four, 0, first + row, four);
  }
}

/** The same with class weights. */
export function weightedRows(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row += 4) {
    const four = min(4, rows - row);
    for (let lane = 0; lane < four; lane++) {
      anyRow<u16>(values, 0, first + row + lane, lane);
      values += size;
    }
    writeFour<u16>(values - size * four, 0, first + row, four);
  }
}

/** The same with soft targets, (rows, K) float32 at `soft`, and weights. */
export function softRows(values: usize, rows: i32, first: i32, soft: usize): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row += 4) {
    const four = min(4, rows - row);
    for (let lane = 0; lane < four; lane++) {
      anyRow<u32>(values, soft, first + row + lane, lane);
      values += size;
      soft += size;
    }
    writeFour<u32>(values - size * four, soft - size * four, first + row, four);
  }
}

/** Writes the rows kept in `scratch`; any that isn't finite is measured again. W as in `anyRow`. */
@inline function writeFour<W>(values: usize, soft: usize, row: i32, four: i32): void {
  const rest = v128.load(scratch, REST);
  const gap = v128.load(scratch, GAP);
  const u0 = v128.load(scratch, U0);
  writeSoftmax(
    row,
    rest,
    gap,
    sizeof<W>() > 1 ? v128.load(scratch, H1) : one(),
    sizeof<W>() > 1 ? v128.load(scratch, H0) : gap,
    sizeof<W>() > 1 ? f32x4.splat(<f32>(weightSum / among)) : one(),
    u0,
    v128.load(scratch, PREDICTION),
  );
  // ∞ is right where a logit is −∞; with weights it may have come of 0·∞, or of sums beyond float32.
  const sound = sizeof<W>() > 1 ? f32x4.sub(u0, u0) : u0;
  const odd = i32x4.bitmask(f32x4.ne(sound, sound)) | i32x4.bitmask(f32x4.ne(rest, rest));
  if (!(odd & ((1 << four) - 1))) return;
  const size = <usize>classes << 2;
  for (let lane = 0; lane < four; lane++) {
    if ((odd >> lane) & 1)
      carefulSoftmax(row + lane, values + size * lane, 4, sizeof<W>() > 2 ? soft + size * lane : 0);
  }
}

@inline function keep(lane: i32, rest: f64, gap: f32, u0: f64, prediction: i32): void {
  const at = scratch + (<usize>lane << 2);
  store<f32>(at, <f32>rest, REST);
  store<f32>(at, gap, GAP);
  store<f32>(at, <f32>u0, U0);
  store<i32>(at, prediction, PREDICTION);
}

/**
 * Measures a row in one pass, if it is long and its largest logit is in the usual range. Sums are kept by blocks: the one with
 * the largest logit is left out, and looked at again for where that is, and for its sum without it.
 */
@inline function usualRow(values: usize, row: i32, lane: i32): bool {
  const l2e = log2e(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const lowest = v128.load32_splat(RANGE);
  let others = f64x2.splat(0), bestSum = f64x2.splat(0), sumZ = f64x2.splat(0);
  let best = minusInfinity();
  let bestAt = values;
  const end = values + (<usize>classes << 2);
  const full = values + ((<usize>classes & ~3) << 2);
  let p = values;
  while (p < end) {
    const start = p;
    const stop = min(p + BLOCK, full);
    let m = lowest, sum = zero(), z = m;
    let s = sum;
    for (; p < stop; p += 16) {
      z = v128.load(p);
      s = f32x4.add(s, z);
      m = f32x4.pmax(m, z);
      sum = f32x4.add(sum, exp4(f32x4.pmax(lowest, z), l2e, round, a0, a1, a2, a3, a4, unit));
    }
    if (p == full && p < end) {
      const mask = tailMask(classes & 3);
      z = v128.load(p);
      s = f32x4.add(s, v128.and(z, mask));
      z = v128.bitselect(z, lowest, mask);
      m = f32x4.pmax(m, z);
      sum = f32x4.add(sum, v128.and(mask, exp4(f32x4.pmax(lowest, z), l2e, round, a0, a1, a2, a3, a4, unit)));
      p = end;
    }
    sumZ = f64x2.add(sumZ, widened(s));
    const blockSum = widened(sum);
    if (v128.any_true(f32x4.gt(m, best))) {
      best = f32x4.splat(largestLane(m));
      others = f64x2.add(others, bestSum);
      bestSum = blockSum;
      bestAt = start;
    } else others = f64x2.add(others, blockSum);
  }
  const largest = f32x4.extract_lane(best, 0);
  const mean = sumOfTwo(sumZ) / <f64>classes;
  if (!(largest >= load<f32>(RANGE, 4) && largest <= load<f32>(RANGE, 8) && finite(mean))) return false;

  let found = bestAt;
  while (!v128.any_true(f32x4.eq(v128.load(found), best))) found += 16;
  found += ctz(i32x4.bitmask(f32x4.eq(v128.load(found), best))) << 2;
  const top = <f64>f32x4.extract_lane(exp4(best, l2e, round, a0, a1, a2, a3, a4, unit), 0);
  const inBest = sumOfTwo(bestSum);
  let rest = sumOfTwo(others) + inBest - top;
  // What the difference has lost matters only if the largest is most of the whole.
  if (rest < top) rest = sumOfTwo(others) + sumWithout(bestAt, bestAt + BLOCK < full ? bestAt + BLOCK : end, found);
  const prediction = <i32>((found - values) >> 2);
  const target = targetOf(row, prediction);
  keep(lane, rest / top, largest - load<f32>(values + (<usize>target << 2)), <f64>largest - mean, prediction);
  return true;
}

/** Σ e^z from `p` to `end` but for the one at `left`. Nothing is loaded beyond the vector that `end` is in. */
function sumWithout(p: usize, end: usize, left: usize): f64 {
  const lowest = v128.load32_splat(RANGE);
  let sum = zero();
  for (; p < end; p += 16) {
    let e = expOf(f32x4.pmax(lowest, v128.load(p)));
    if (end - p < 16) e = v128.and(e, tailMask(<i32>(end - p) >> 2));
    if (left - p < 16) e = v128.andnot(e, laneMask((left - p) >> 2));
    sum = f32x4.add(sum, e);
  }
  return sumOfTwo(widened(sum));
}

@inline function laneMask(lane: usize): v128 {
  return i32x4.eq(i32x4.splat(<i32>lane), i32x4(0, 1, 2, 3));
}

/**
 * Measures any row in two passes: the largest logit, then all differences from it. What W adds: u8 nothing, u16 class weights,
 * u32 soft targets and weights.
 */
function anyRow<W>(values: usize, soft: usize, row: i32, lane: i32): void {
  const l2e = log2e(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepest();
  const end = values + (<usize>classes << 2);
  const full = values + ((<usize>classes & ~3) << 2);
  let m = minusInfinity();
  let p = values;
  for (; p < full; p += 16) m = f32x4.pmax(m, v128.load(p));
  if (p < end) m = f32x4.pmax(m, v128.bitselect(v128.load(p), m, tailMask(classes & 3)));
  const largest = largestLane(m);
  m = f32x4.splat(largest);

  let rest = f64x2.splat(0), sumD = rest, sumTD = rest, sumT = rest;
  let equal = i32x4.splat(0);
  let w = weights;
  let t = soft;
  let found: usize = 0;
  p = values;
  while (p < end) {
    const stop = min(p + BLOCK, end);
    let sum = zero(), d = sum, td = sum, tsum = sum;
    for (; p < stop; p += 16) {
      let fall = f32x4.sub(m, v128.load(p));
      let e = exp4(f32x4.pmax(deep, f32x4.sub(v128.load(p), m)), l2e, round, a0, a1, a2, a3, a4, unit);
      let top = f32x4.eq(fall, f32x4.splat(0));
      if (end - p < 16) {
        const mask = tailMask(classes & 3);
        fall = v128.and(fall, mask);
        e = v128.and(e, mask);
        top = v128.and(top, mask);
      }
      sum = f32x4.add(sum, v128.andnot(e, top));
      equal = i32x4.sub(equal, top);
      if (sizeof<W>() > 1) {
        let weight = weights ? v128.load(w) : unit;
        if (sizeof<W>() > 2) {
          let target = f32x4.mul(v128.load(t), weight);
          if (end - p < 16) target = v128.and(target, tailMask(classes & 3));
          td = f32x4.add(td, f32x4.mul(target, fall));
          tsum = f32x4.add(tsum, target);
          t += 16;
        }
        if (end - p < 16) weight = v128.and(weight, tailMask(classes & 3));
        d = f32x4.add(d, f32x4.mul(weight, fall));
        w += 16;
      } else d = f32x4.add(d, fall);
    }
    rest = f64x2.add(rest, widened(sum));
    sumD = f64x2.add(sumD, widened(d));
    if (sizeof<W>() > 2) {
      sumTD = f64x2.add(sumTD, widened(td));
      sumT = f64x2.add(sumT, widened(tsum));
    }
  }
  const ties = i32x4.extract_lane(equal, 0) + i32x4.extract_lane(equal, 1) + i32x4.extract_lane(equal, 2) + i32x4.extract_lane(equal, 3);
  const falls = sumOfTwo(sumD);
  // NaN, or a row of nothing but −∞: there is no largest to find.
  if (ties > 0 && largest < Infinity) {
    found = values;
    while (!v128.any_true(f32x4.eq(v128.load(found), m))) found += 16;
    found += ctz(i32x4.bitmask(f32x4.eq(v128.load(found), m))) << 2;
  } else found = values;
  const prediction = <i32>((found - values) >> 2);
  const target = targetOf(row, prediction);
  const gap = largest - load<f32>(values + (<usize>target << 2));
  const kept = finite(falls) || sizeof<W>() > 1 ? falls : fallsInFull(values, largest);
  keep(lane, sumOfTwo(rest) + <f64>(ties - 1), gap, kept / among, prediction);
  if (sizeof<W>() > 1) {
    const at = scratch + (<usize>lane << 2);
    const h1 = sizeof<W>() > 2 ? <f32>sumOfTwo(sumT) : weightOf(target);
    store<f32>(at, h1, H1);
    store<f32>(at, sizeof<W>() > 2 ? <f32>sumOfTwo(sumTD) : h1 * gap, H0);
  }
}

/** Σ (m − z) in float64. */
function fallsInFull(values: usize, largest: f32): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < classes; k++) sum += <f64>largest - <f64>load<f32>(values + (<usize>k << 2));
  return sum;
}
