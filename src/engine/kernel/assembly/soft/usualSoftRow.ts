import { c0, c1, c2, c3, c4 } from '../exp';
import { H0, H1, keep } from '../keptRows';
import {
  finite, largestLane, madd, minusInfinity, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from '../lanes';
import { among, classes, scratch, targetOf } from '../pass';
import { beta, deepestFall, expTempered, tempered } from '../temperature';

/**
 * Measures a row with soft targets, all weights 1: once to find the largest logit, and again out of the cache. Sums are kept by
 * blocks: the one with the largest logit is looked at again for its sum without it. False for a row with a number that isn't finite.
 */
export function usualSoftRow(values: usize, soft: usize, row: i32, lane: i32): bool {
  const end = values + (<usize>classes << 2);
  const full = values + ((<usize>classes & ~3) << 2);
  let best = minusInfinity();
  let bestAt = values;
  let p = values;
  while (p < end) {
    const start = p;
    const stop = min(p + SUMMED, full);
    let a = minusInfinity(), b = a;
    // Two at once: one would have to wait for the one before.
    for (const even = p + ((stop - p) & ~31); p < even; p += 32) {
      a = f32x4.pmax(a, v128.load(p));
      b = f32x4.pmax(b, v128.load(p, 16));
    }
    if (p < stop) {
      a = f32x4.pmax(a, v128.load(p));
      p += 16;
    }
    if (p == full && p < end) {
      b = f32x4.pmax(b, v128.bitselect(v128.load(p), b, tailMask(classes & 3)));
      p = end;
    }
    a = f32x4.pmax(a, b);
    if (v128.any_true(f32x4.gt(a, best))) {
      best = f32x4.splat(largestLane(a));
      bestAt = start;
    }
  }
  const m = best;
  const largest = f32x4.extract_lane(m, 0);
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  let others = f64x2.splat(0), bestSum = others, falls = others, wanted = others, masses = others;
  let t = soft;
  p = values;
  while (p < end) {
    const start = p;
    const stop = min(p + SUMMED, full);
    let sum = zero(), fall = sum, want = sum, mass = sum;
    for (; p < stop; p += 16) {
      const d = f32x4.sub(v128.load(p), m);
      const target = v128.load(t);
      t += 16;
      fall = f32x4.add(fall, d);
      want = madd(target, d, want);
      mass = f32x4.add(mass, target);
      sum = f32x4.add(sum, expTempered(f32x4.pmax(deep, d), l2e, round, a0, a1, a2, a3, a4, unit));
    }
    if (p == full && p < end) {
      const mask = tailMask(classes & 3);
      const d = v128.and(mask, f32x4.sub(v128.load(p), m));
      const target = v128.and(mask, v128.load(t));
      fall = f32x4.add(fall, d);
      want = madd(target, d, want);
      mass = f32x4.add(mass, target);
      const e = expTempered(f32x4.pmax(deep, d), l2e, round, a0, a1, a2, a3, a4, unit);
      sum = f32x4.add(sum, v128.and(mask, e));
      p = end;
    }
    falls = f64x2.add(falls, widened(fall));
    wanted = f64x2.add(wanted, widened(want));
    masses = f64x2.add(masses, widened(mass));
    if (start == bestAt) bestSum = widened(sum);
    else others = f64x2.add(others, widened(sum));
  }
  const fallen = sumOfTwo(falls), want = sumOfTwo(wanted);
  if (!finite(fallen) || !finite(want)) return false;

  let found = bestAt;
  while (!v128.any_true(f32x4.eq(v128.load(found), m))) found += 16;
  found += ctz(i32x4.bitmask(f32x4.eq(v128.load(found), m))) << 2;
  let rest = sumOfTwo(others) + sumOfTwo(bestSum) - 1;
  // What the difference has lost matters only if the largest is most of the whole.
  if (rest < 1) {
    const stop = bestAt + SUMMED < full ? bestAt + SUMMED : end;
    rest = sumOfTwo(others) + sumWithout(bestAt, stop, found, m);
  }
  const prediction = <i32>((found - values) >> 2);
  const gap = <f32>(beta * <f64>(largest - load<f32>(values + (<usize>targetOf(row, prediction) << 2))));
  keep(lane, rest, gap, (beta * -fallen) / among, prediction);
  const at = scratch + (<usize>lane << 2);
  store<f32>(at, <f32>sumOfTwo(masses), H1);
  store<f32>(at, <f32>(beta * -want), H0);
  return true;
}

/** Σ e^βd from `p` to `end` but for the one at `left`. Nothing is loaded beyond the vector that `end` is in. */
function sumWithout(p: usize, end: usize, left: usize, m: v128): f64 {
  const deep = deepestFall();
  let sum = zero();
  for (; p < end; p += 16) {
    const d = f32x4.pmax(deep, f32x4.sub(v128.load(p), m));
    let e = expTempered(d, tempered(), rounder(), c0(), c1(), c2(), c3(), c4(), one());
    if (end - p < 16) e = v128.and(e, tailMask(<i32>(end - p) >> 2));
    if (left - p < 16) e = v128.andnot(e, i32x4.eq(i32x4.splat(<i32>((left - p) >> 2)), i32x4(0, 1, 2, 3)));
    sum = f32x4.add(sum, e);
  }
  return sumOfTwo(widened(sum));
}
