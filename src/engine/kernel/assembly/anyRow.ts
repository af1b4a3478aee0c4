import { c0, c1, c2, c3, c4 } from './exp';
import { H0, H1, keep } from './keptRows';
import {
  finite, largestOfRow, madd, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from './lanes';
import { among, checkGap, checkRange, classes, scratch, targetOf, weightOf, weights } from './pass';
import { beta, deepestFall, expTempered, tempered } from './temperature';

@inline function isWeighted<W>(): bool {
  return sizeof<W>() == 2 || sizeof<W>() == 8;
}

@inline function isSoft<W>(): bool {
  return sizeof<W>() > 2;
}

/**
 * Measures any row in two passes: the largest logit, then all differences from it. What W adds: u8 nothing, u16 class weights,
 * u32 soft targets, u64 both.
 */
export function anyRow<W>(values: usize, soft: usize, row: i32, lane: i32): void {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  const end = values + (<usize>classes << 2);
  const full = values + ((<usize>classes & ~3) << 2);
  const largest = largestOfRow(values, classes);
  const m = f32x4.splat(largest);

  let rest = f64x2.splat(0), sumD = rest, sumTD = rest, sumT = rest;
  let equal = i32x4.splat(0);
  let w = weights;
  let t = soft;
  let found: usize = 0;
  let p = values;
  while (p < end) {
    const stop = min(p + SUMMED, full);
    let sum = zero(), d = sum, td = sum, tsum = sum;
    for (; p < stop; p += 16) {
      const z = v128.load(p);
      const fall = f32x4.sub(m, z);
      const e = expTempered(f32x4.pmax(deep, f32x4.sub(z, m)), l2e, round, a0, a1, a2, a3, a4, unit);
      const top = f32x4.eq(fall, f32x4.splat(0));
      sum = f32x4.add(sum, v128.andnot(e, top));
      equal = i32x4.sub(equal, top);
      if (isWeighted<W>()) {
        const weight = v128.load(w);
        w += 16;
        d = madd(weight, fall, d);
        if (isSoft<W>()) {
          const target = f32x4.mul(v128.load(t), weight);
          td = madd(target, fall, td);
          tsum = f32x4.add(tsum, target);
        }
      } else {
        d = f32x4.add(d, fall);
        if (isSoft<W>()) {
          const target = v128.load(t);
          td = madd(target, fall, td);
          tsum = f32x4.add(tsum, target);
        }
      }
      if (isSoft<W>()) t += 16;
    }
    if (p == full && p < end) {
      const mask = tailMask(classes & 3);
      const z = v128.load(p);
      const fall = v128.and(f32x4.sub(m, z), mask);
      const top = v128.and(f32x4.eq(fall, f32x4.splat(0)), mask);
      const e = expTempered(f32x4.pmax(deep, f32x4.sub(z, m)), l2e, round, a0, a1, a2, a3, a4, unit);
      sum = f32x4.add(sum, v128.and(mask, v128.andnot(e, top)));
      equal = i32x4.sub(equal, top);
      const weight = isWeighted<W>() ? v128.and(v128.load(w), mask) : unit;
      d = madd(weight, fall, d);
      if (isSoft<W>()) {
        const target = f32x4.mul(v128.and(v128.load(t), mask), weight);
        td = madd(target, fall, td);
        tsum = f32x4.add(tsum, target);
      }
      p = end;
    }
    rest = f64x2.add(rest, widened(sum));
    sumD = f64x2.add(sumD, widened(d));
    if (isSoft<W>()) {
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
  const gap = <f32>(beta * (<f64>largest - <f64>logit));
  const kept = beta * (finite(falls) || sizeof<W>() > 1 ? falls : fallsInFull(values, largest));
  // With weights such a row is measured again.
  if (sizeof<W>() == 1) {
    checkRange(kept / among);
    checkGap(gap, largest, logit);
  }
  keep(lane, sumOfTwo(rest) + <f64>(ties - 1), gap, kept / among, prediction);
  if (sizeof<W>() > 1) {
    const at = scratch + (<usize>lane << 2);
    const h1 = isSoft<W>() ? <f32>sumOfTwo(sumT) : weightOf(target);
    store<f32>(at, h1, H1);
    store<f32>(at, isSoft<W>() ? <f32>(beta * sumOfTwo(sumTD)) : h1 * gap, H0);
  }
}

/** Σ (m − z) in float64. */
function fallsInFull(values: usize, largest: f32): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < classes; k++) sum += <f64>largest - <f64>load<f32>(values + (<usize>k << 2));
  return sum;
}
