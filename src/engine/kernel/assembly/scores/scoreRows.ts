import { c0, c1, c2, c3, c4 } from '../exp';
import {
  largestOfRow, madd, minusInfinity, one, rounder, SUMMED, sumOfTwo, tailMask, widened, zero,
} from '../lanes';
import { classes, scratch } from '../pass';
import { deepestFall, expTempered, tempered } from '../temperature';
import { carefulScore } from './carefulScore';
import { addMoments, addScores, firstLanes, gapOf } from './scorePass';

// What is kept of four rows until they are added together, as columns of `scratch`.
const REST: usize = 0;
const ONES: usize = 16;
const FIRST: usize = 32;
const SECOND: usize = 48;
const SQUARES: usize = 64;
const GAP: usize = 80;

/** Rows one after the other, each for all of its scores. */
export function scoreRows(values: usize, rows: i32, first: i32): void {
  overRows<u16>(values, rows, first);
}

/** The same for Newton's steps alone. */
export function momentRows(values: usize, rows: i32, first: i32): void {
  overRows<u8>(values, rows, first);
}

/** The same for the entropy alone. */
export function entropyRows(values: usize, rows: i32, first: i32): void {
  overRows<u32>(values, rows, first);
}

/** S is what for: u8 for moments, u16 for all, u32 for entropies. */
@inline function overRows<S>(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row += 4) {
    const four = min(4, rows - row);
    for (let lane = 0; lane < four; lane++) oneRow<S>(values + size * lane, first + row + lane, lane);
    const total = v128.load(scratch, REST), sum = v128.load(scratch, FIRST), second = v128.load(scratch, SECOND);
    const gap = v128.load(scratch, GAP);
    let odd: i32;
    if (sizeof<S>() == 1) odd = addMoments(first + row, firstLanes(four), total, sum, second, gap);
    else {
      const ones = v128.load(scratch, ONES), squares = v128.load(scratch, SQUARES);
      odd = addScores(first + row, firstLanes(four), total, ones, sum, second, squares, gap);
    }
    if (odd) {
      for (let lane = 0; lane < four; lane++)
        if ((odd >> lane) & 1) carefulScore(first + row + lane, values + size * lane, 4);
    }
    values += 4 * size;
  }
}

function oneRow<S>(values: usize, row: i32, lane: i32): void {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  const full = values + ((<usize>classes & ~3) << 2);
  const largest = largestOfRow(values, classes);
  const m = f32x4.splat(largest);
  let total = f64x2.splat(0), firsts = total, seconds = total, squared = total;
  let equal = i32x4.splat(0);
  let p = values;
  do {
    const stop = min(p + SUMMED, full);
    let sum = zero(), first = sum, second = sum, squares = sum;
    for (; p < stop; p += 16) {
      const z = v128.load(p);
      // In this order a NaN stays one.
      const d = f32x4.pmax(f32x4.sub(z, m), deep);
      let e = expTempered(d, l2e, round, a0, a1, a2, a3, a4, unit);
      if (sizeof<S>() > 1) {
        const top = f32x4.eq(z, m);
        e = v128.andnot(e, top);
        equal = i32x4.sub(equal, top);
        if (sizeof<S>() == 2) squares = madd(e, e, squares);
      }
      const ed = f32x4.mul(e, d);
      sum = f32x4.add(sum, e);
      first = f32x4.add(first, ed);
      if (sizeof<S>() < 4) second = madd(ed, d, second);
    }
    total = f64x2.add(total, widened(sum));
    firsts = f64x2.add(firsts, widened(first));
    if (sizeof<S>() < 4) seconds = f64x2.add(seconds, widened(second));
    if (sizeof<S>() == 2) squared = f64x2.add(squared, widened(squares));
  } while (p < full);
  if (classes & 3) {
    const mask = tailMask(classes & 3);
    const z = v128.bitselect(v128.load(p), minusInfinity(), mask);
    const d = f32x4.pmax(f32x4.sub(z, m), deep);
    let e = v128.and(mask, expTempered(d, l2e, round, a0, a1, a2, a3, a4, unit));
    if (sizeof<S>() > 1) {
      const top = v128.and(mask, f32x4.eq(z, m));
      e = v128.andnot(e, top);
      equal = i32x4.sub(equal, top);
      if (sizeof<S>() == 2) squared = f64x2.add(squared, widened(f32x4.mul(e, e)));
    }
    const ed = v128.and(mask, f32x4.mul(e, d));
    total = f64x2.add(total, widened(e));
    firsts = f64x2.add(firsts, widened(ed));
    seconds = f64x2.add(seconds, widened(f32x4.mul(ed, d)));
  }
  const at = scratch + (<usize>lane << 2);
  store<f32>(at, <f32>sumOfTwo(firsts), FIRST);
  store<f32>(at, <f32>sumOfTwo(seconds), SECOND);
  if (sizeof<S>() == 1) store<f32>(at, <f32>sumOfTwo(total), REST);
  else {
    const ones = i32x4.extract_lane(equal, 0) + i32x4.extract_lane(equal, 1) + i32x4.extract_lane(equal, 2) + i32x4.extract_lane(equal, 3) - 1;
    store<f32>(at, <f32>(sumOfTwo(total) + <f64>ones), REST);
    store<f32>(at, <f32>ones, ONES);
    store<f32>(at, <f32>sumOfTwo(squared), SQUARES);
  }
  store<f32>(at, gapOf(values, 4, row, largest), GAP);
}
