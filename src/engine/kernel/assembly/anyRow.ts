import { c0, c1, c2, c3, c4, exp4 } from './exp';
import { H0, H1, keep } from './keptRows';
import {
  deepest, finite, largestOfRow, log2e, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from './lanes';
import { among, checkGap, checkRange, classes, scratch, targetOf, weightOf, weights } from './pass';

/**
 * Measures any row in two passes: the largest logit, then all differences from it. What W adds: u8 nothing, u16 class weights,
 * u32 soft targets and weights.
 */
export function anyRow<W>(values: usize, soft: usize, row: i32, lane: i32): void {
  const l2e = log2e(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepest();
  const end = values + (<usize>classes << 2);
  const largest = largestOfRow(values, classes);
  const m = f32x4.splat(largest);

  let rest = f64x2.splat(0), sumD = rest, sumTD = rest, sumT = rest;
  let equal = i32x4.splat(0);
  let w = weights;
  let t = soft;
  let found: usize = 0;
  let p = values;
  while (p < end) {
    const stop = min(p + SUMMED, end);
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
  const logit = load<f32>(values + (<usize>target << 2));
  const gap = largest - logit;
  const kept = finite(falls) || sizeof<W>() > 1 ? falls : fallsInFull(values, largest);
  // With weights such a row is measured again.
  if (sizeof<W>() == 1) {
    checkRange(kept / among);
    checkGap(gap, largest, logit);
  }
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
