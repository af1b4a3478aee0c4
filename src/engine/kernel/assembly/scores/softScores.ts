import { c0, c1, c2, c3, c4 } from '../exp';
import {
  largestOfRow, madd, minusInfinity, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from '../lanes';
import { classes } from '../pass';
import { beta, deepestFall, expTempered, tempered } from '../temperature';
import { addScore, rests } from './scorePass';

/** Rows one after the other with soft targets t, (rows, K) float32 at `soft`: with Σ t = s, nll is s·ln total − β·Σ t·d. */
export function scoreSoft(values: usize, rows: i32, first: i32, soft: usize): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row++) {
    if (!softRow(values, first + row, soft)) carefulSoft(values, first + row, soft);
    values += size;
    soft += size;
  }
}

/** False for a row that isn't finite: nothing of it was added. */
@inline function softRow(values: usize, row: i32, soft: usize): bool {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  const end = values + (<usize>classes << 2);
  const m = f32x4.splat(largestOfRow(values, classes));
  let total = f64x2.splat(0), firsts = total, seconds = total, squared = total;
  let masses = total, wanted = total, hits = total, targetSquares = total;
  let equal = i32x4.splat(0);
  let p = values;
  while (p < end) {
    const stop = min(p + SUMMED, end);
    let sum = zero(), first = sum, second = sum, squares = sum, mass = sum, want = sum, hit = sum, own = sum;
    for (; p < stop; p += 16) {
      let d = f32x4.sub(v128.load(p), m);
      let t = v128.load(soft);
      soft += 16;
      let mask = i32x4.splat(-1);
      if (end - p < 16) {
        mask = tailMask(classes & 3);
        d = v128.bitselect(d, minusInfinity(), mask);
        t = v128.and(t, mask);
      }
      const top = f32x4.eq(d, zero());
      // In this order a NaN stays one.
      const near = f32x4.pmax(d, deep);
      const e = v128.and(mask, expTempered(near, l2e, round, a0, a1, a2, a3, a4, unit));
      const less = v128.andnot(e, top);
      equal = i32x4.sub(equal, top);
      sum = f32x4.add(sum, less);
      squares = madd(less, less, squares);
      const ed = v128.and(mask, f32x4.mul(e, near));
      first = f32x4.add(first, ed);
      second = madd(ed, near, second);
      mass = f32x4.add(mass, t);
      // 0·∞ of a class that isn't wanted is nothing.
      want = f32x4.add(want, v128.and(f32x4.mul(t, d), f32x4.ne(t, zero())));
      hit = madd(t, e, hit);
      own = madd(t, t, own);
    }
    total = f64x2.add(total, widened(sum));
    firsts = f64x2.add(firsts, widened(first));
    seconds = f64x2.add(seconds, widened(second));
    squared = f64x2.add(squared, widened(squares));
    masses = f64x2.add(masses, widened(mass));
    wanted = f64x2.add(wanted, widened(want));
    hits = f64x2.add(hits, widened(hit));
    targetSquares = f64x2.add(targetSquares, widened(own));
  }
  const ones = <f64>(i32x4.extract_lane(equal, 0) + i32x4.extract_lane(equal, 1) + i32x4.extract_lane(equal, 2) + i32x4.extract_lane(equal, 3));
  const mass = sumOfTwo(masses), gap = -sumOfTwo(wanted), own = sumOfTwo(targetSquares);
  const falls = sumOfTwo(firsts);
  if (mass - mass + (gap - gap) + (own - own) + (falls - falls) != 0) return false;
  addSoft(row, sumOfTwo(total), ones, falls, sumOfTwo(seconds), sumOfTwo(squared), mass, gap, sumOfTwo(hits), own);
  return true;
}

/** Sums without the `ones` largest logits, which each have e⁰. */
function addSoft(
  row: i32, below: f64, ones: f64, first: f64, second: f64, squares: f64, mass: f64, gap: f64, hits: f64, own: f64,
): void {
  const rest = below + (ones - 1);
  if (rests) store<f32>(rests + (<usize>row << 2), <f32>rest);
  const total = 1 + rest;
  const mean = first / total;
  const spread = second / total - mean * mean;
  const brier = (squares + ones) / (total * total) - (2 * hits) / total + own;
  addScore(mass * Math.log1p(rest), gap, mass * mean, mass * (spread < 0 ? 0 : spread), brier);
}

/** One row in float64, whatever is in it. */
function carefulSoft(values: usize, row: i32, soft: usize): void {
  const b = beta;
  let m: f64 = -Infinity;
  for (let k: usize = 0; k < <usize>classes; k++) {
    const z = <f64>load<f32>(values + (k << 2));
    if (z > m) m = z;
  }
  let ones: f64 = 0, below: f64 = 0, first: f64 = 0, second: f64 = 0, squares: f64 = 0;
  let mass: f64 = 0, gap: f64 = 0, hits: f64 = 0, own: f64 = 0;
  for (let k: usize = 0; k < <usize>classes; k++) {
    const d = <f64>load<f32>(values + (k << 2)) - m;
    const t = <f64>load<f32>(soft + (k << 2));
    const e = d == -Infinity ? 0 : Math.exp(b * d);
    if (d != -Infinity) {
      first += e * d;
      second += e * d * d;
      if (d == 0) ones += 1;
      else {
        below += e;
        squares += e * e;
      }
    }
    if (t == 0) continue;
    mass += t;
    gap -= t * d;
    hits += d == -Infinity ? 0 : t * e;
    own += t * t;
  }
  addSoft(row, below, ones, first, second, squares, mass, gap, hits, own);
}
