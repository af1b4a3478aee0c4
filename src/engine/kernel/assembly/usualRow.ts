import { c0, c1, c2, c3, c4 } from './exp';
import { H0, H1, keep } from './keptRows';
import {
  finite, largestLane, madd, minusInfinity, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from './lanes';
import { among, classes, scratch, targetOf, weightOf, weights, weightSum } from './pass';
import { beta, expTempered, tempered } from './temperature';

/** Logits in this range, at their temperature, need no largest one taken off first: e^z and its sums stay in float32. */
const LOWEST: f64 = -64;
const LEAST: f64 = -20;
const MOST: f64 = 32;
/** At most ln K of the rows that this is for. */
const LEAST_LOG: f64 = 5;

/**
 * Measures a row in one pass, if it is long and its largest logit is in the usual range. Sums are kept by blocks: the one with
 * the largest logit is left out, and looked at again for where that is, and for its sum without it. W as in `anyRow`.
 */
export function usualRow<W>(values: usize, row: i32, lane: i32): bool {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const lowest = f32x4.splat(<f32>(LOWEST / beta));
  let others = f64x2.splat(0), bestSum = f64x2.splat(0), sumZ = f64x2.splat(0);
  let best = minusInfinity();
  let bestAt = values;
  let w = weights;
  const end = values + (<usize>classes << 2);
  const full = values + ((<usize>classes & ~3) << 2);
  let p = values;
  while (p < end) {
    const start = p;
    const stop = min(p + SUMMED, full);
    let m = lowest, sum = zero(), z = m;
    let s = sum;
    for (; p < stop; p += 16) {
      z = v128.load(p);
      if (sizeof<W>() > 1) {
        s = madd(z, v128.load(w), s);
        w += 16;
      } else s = f32x4.add(s, z);
      m = f32x4.pmax(m, z);
      sum = f32x4.add(sum, expTempered(f32x4.pmax(lowest, z), l2e, round, a0, a1, a2, a3, a4, unit));
    }
    if (p == full && p < end) {
      const mask = tailMask(classes & 3);
      z = v128.load(p);
      s = f32x4.add(s, v128.and(sizeof<W>() > 1 ? f32x4.mul(z, v128.load(w)) : z, mask));
      z = v128.bitselect(z, lowest, mask);
      m = f32x4.pmax(m, z);
      sum = f32x4.add(sum, v128.and(mask, expTempered(f32x4.pmax(lowest, z), l2e, round, a0, a1, a2, a3, a4, unit)));
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
  const mean = sumOfTwo(sumZ) / (sizeof<W>() > 1 ? among : <f64>classes);
  const power = beta * <f64>largest;
  const all = sizeof<W>() > 1 ? weightSum / among : 1;
  const uniform = beta * (all * <f64>largest - mean);
  if (!(power >= LEAST && power <= MOST && finite(mean))) return false;
  // All but equal and far from 0, the logits would lose digits in their sum that their mean loss needs. Without weights that is at least ln K.
  if (beta * abs(mean) > (sizeof<W>() > 1 ? uniform : uniform + LEAST_LOG)) return false;

  let found = bestAt;
  while (!v128.any_true(f32x4.eq(v128.load(found), best))) found += 16;
  found += ctz(i32x4.bitmask(f32x4.eq(v128.load(found), best))) << 2;
  const top = <f64>f32x4.extract_lane(expTempered(best, l2e, round, a0, a1, a2, a3, a4, unit), 0);
  const inBest = sumOfTwo(bestSum);
  let rest = sumOfTwo(others) + inBest - top;
  // What the difference has lost matters only if the largest is most of the whole.
  if (rest < top) rest = sumOfTwo(others) + sumWithout(bestAt, bestAt + SUMMED < full ? bestAt + SUMMED : end, found);
  const prediction = <i32>((found - values) >> 2);
  const target = targetOf(row, prediction);
  const gap = <f32>(beta * <f64>(largest - load<f32>(values + (<usize>target << 2))));
  keep(lane, rest / top, gap, uniform, prediction);
  if (sizeof<W>() > 1) {
    const at = scratch + (<usize>lane << 2);
    const h1 = weightOf(target);
    store<f32>(at, h1, H1);
    store<f32>(at, h1 * gap, H0);
  }
  return true;
}

/** Σ e^z from `p` to `end` but for the one at `left`. Nothing is loaded beyond the vector that `end` is in. */
function sumWithout(p: usize, end: usize, left: usize): f64 {
  const lowest = f32x4.splat(<f32>(LOWEST / beta));
  let sum = zero();
  for (; p < end; p += 16) {
    let e = expTempered(
      f32x4.pmax(lowest, v128.load(p)), tempered(), rounder(), c0(), c1(), c2(), c3(), c4(), one(),
    );
    if (end - p < 16) e = v128.and(e, tailMask(<i32>(end - p) >> 2));
    if (left - p < 16) e = v128.andnot(e, laneMask((left - p) >> 2));
    sum = f32x4.add(sum, e);
  }
  return sumOfTwo(widened(sum));
}

@inline function laneMask(lane: usize): v128 {
  return i32x4.eq(i32x4.splat(<i32>lane), i32x4(0, 1, 2, 3));
}
