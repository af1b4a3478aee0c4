import { c0, c1, c2, c3, c4 } from '../exp';
import { demoted, madd, minusInfinity, one, promotedHigh, rounder, zero } from '../lanes';
import { classes, scratch } from '../pass';
import { turn } from '../softmaxColumns';
import { deepestFall, expTempered, tempered } from '../temperature';
import { carefulScore } from './carefulScore';
import { addMoments, addScores, firstLanes, gapOf } from './scorePass';

/** So many rows are scored before they're added: done at once, each four would wait for their own logarithm. */
const STAGED: i32 = 32;
// What is kept of four rows until then.
const TOTAL: usize = 0;
const ONES: usize = 16;
const FIRST: usize = 32;
const SECOND: usize = 48;
const SQUARES: usize = 64;
const GAP: usize = 80;

/** Where the four rows from the `row`-th on are kept, behind those that are turned. */
@inline function staged(row: i32): usize {
  return scratch + (<usize>(classes + 3) << 4) + <usize>row * 24;
}

/** So many classes are summed in float32 before their sum goes on in float64. */
const RUN: i32 = 16;

/** Few classes, rows one after the other: four rows at a time are turned into columns. */
export function scoreFew(values: usize, rows: i32, first: i32): void {
  overFew<u16>(values, rows, first);
}

/** Two classes: only their difference counts. */
export function scoreTwo(values: usize, rows: i32, first: i32): void {
  for (let row = 0; row < rows; row += 4) {
    const left = min(4, rows - row);
    const a = v128.load(values);
    const b = left > 2 ? v128.load(values, 16) : a;
    const z0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    const z1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const m = f32x4.pmax(z0, z1);
    // One of both is 0, or NaN where the larger one is ∞. In this order a NaN stays one.
    const d = f32x4.pmax(f32x4.add(f32x4.sub(z0, m), f32x4.sub(z1, m)), deepestFall());
    const e = expTempered(d, tempered(), rounder(), c0(), c1(), c2(), c3(), c4(), one());
    const ed = f32x4.mul(e, d);
    const at = first + row;
    const gap = f32x4(
      gapOf(values, 4, at, f32x4.extract_lane(m, 0)),
      gapOf(values + (left > 1 ? 8 : 0), 4, at + 1, f32x4.extract_lane(m, 1)),
      gapOf(values + (left > 2 ? 16 : 0), 4, at + 2, f32x4.extract_lane(m, 2)),
      gapOf(values + (left > 3 ? 24 : 0), 4, at + 3, f32x4.extract_lane(m, 3)),
    );
    const odd = addScores(at, firstLanes(left), e, zero(), ed, f32x4.mul(ed, d), f32x4.mul(e, e), gap);
    if (odd) carefully(odd, at, values, 8, 4);
    values += 32;
  }
}

/** The same for Newton's steps alone. */
export function momentFew(values: usize, rows: i32, first: i32): void {
  overFew<u8>(values, rows, first);
}

/** Classes one after the other, each with its rows, at least 4: class k of a row is `stride` bytes after class k − 1. */
export function scoreClassMajor(values: usize, rows: i32, first: i32, stride: usize): void {
  overColumns<u16>(values, rows, first, stride);
}

/** The same for Newton's steps alone. */
export function momentClassMajor(values: usize, rows: i32, first: i32, stride: usize): void {
  overColumns<u8>(values, rows, first, stride);
}

@inline function overFew<S>(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  for (let begun = 0; begun < rows; begun += STAGED) {
    const end = min(rows, begun + STAGED);
    for (let row = begun; row < end; row += 4) {
      const left = rows - row;
      const four = values + size * row;
      // Beyond the last row stands the last row again.
      turn(four, left > 1 ? size : 0, left > 2 ? 2 * size : 0, left > 3 ? 3 * size : 0, scratch);
      someClasses<S>(scratch, 16, first + row, row - begun);
    }
    addStaged<S>(first + begun, end - begun, 0, values + size * begun, size, 4);
  }
}

@inline function overColumns<S>(values: usize, rows: i32, first: i32, stride: usize): void {
  const whole = rows & ~3;
  for (let begun = 0; begun < whole; begun += STAGED) {
    const some = min(whole - begun, STAGED);
    const from = values + (<usize>begun << 2);
    for (let row = 0; row < some; row += 4) someClasses<S>(from + (<usize>row << 2), stride, first + begun + row, row);
    addStaged<S>(first + begun, some, 0, from, 4, stride);
  }
  if (whole == rows) return;
  // The last four overlap those before: these aren't added again.
  const last = values + (<usize>(rows - 4) << 2);
  someClasses<S>(last, stride, first + rows - 4, 0);
  addStaged<S>(first + rows - 4, 4, whole - (rows - 4), last, 4, stride);
}

/** Adds rows that `columns` has left, but for the first `skipped`. Row i is `i * size` bytes behind `values`. */
@inline function addStaged<S>(row: i32, rows: i32, skipped: i32, values: usize, size: usize, stride: usize): void {
  for (let next = 0; next < rows; next += 4) {
    const lanes = v128.andnot(firstLanes(rows - next), firstLanes(skipped - next));
    const at = staged(next);
    const total = v128.load(at, TOTAL), first = v128.load(at, FIRST), second = v128.load(at, SECOND);
    const gap = v128.load(at, GAP);
    let odd: i32;
    if (sizeof<S>() == 1) odd = addMoments(row + next, lanes, total, first, second, gap);
    else odd = addScores(row + next, lanes, total, v128.load(at, ONES), first, second, v128.load(at, SQUARES), gap);
    if (odd) carefully(odd, row + next, values + size * next, size, stride);
  }
}

function carefully(odd: i32, row: i32, values: usize, size: usize, stride: usize): void {
  for (let lane = 0; lane < 4; lane++) if ((odd >> lane) & 1) carefulScore(row + lane, values + size * lane, stride);
}

@inline function someClasses<S>(values: usize, stride: usize, row: i32, place: i32): void {
  if (classes <= RUN) columns<S, u8>(values, stride, row, place);
  else columns<S, u16>(values, stride, row, place);
}

/**
 * Scores the four rows that stand side by side at `values`, and leaves them as the `place`-th of those to be added. N: u16 if there are
 * more than `RUN` classes.
 */
function columns<S, N>(values: usize, stride: usize, row: i32, place: i32): void {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  // The first may be a NaN, which is passed over.
  let m = f32x4.pmax(minusInfinity(), v128.load(values));
  let p = values;
  // By count: behind the last class of a large array there may be no address.
  for (let k = 1; k < classes; k++) {
    p += stride;
    m = f32x4.pmax(m, v128.load(p));
  }
  let equal = i32x4.splat(0);
  let totalLow = f64x2.splat(0), totalHigh = totalLow, firstLow = totalLow, firstHigh = totalLow;
  let secondLow = totalLow, secondHigh = totalLow, squaresLow = totalLow, squaresHigh = totalLow;
  let sum = zero(), first = sum, second = sum, squares = sum;
  // From the last to the first: `p` is at the last.
  for (let k = classes - 1; k >= 0; ) {
    const last = sizeof<N>() > 1 ? max(k - RUN, -1) : -1;
    if (sizeof<N>() > 1) {
      sum = zero();
      first = sum;
      second = sum;
      squares = sum;
    }
    for (; k > last; k--) {
      const z = v128.load(p);
      // In this order a NaN stays one.
      const d = f32x4.pmax(f32x4.sub(z, m), deep);
      let e = expTempered(d, l2e, round, a0, a1, a2, a3, a4, unit);
      if (sizeof<S>() > 1) {
        const top = f32x4.eq(z, m);
        e = v128.andnot(e, top);
        equal = i32x4.sub(equal, top);
        squares = madd(e, e, squares);
      }
      const ed = f32x4.mul(e, d);
      sum = f32x4.add(sum, e);
      first = f32x4.add(first, ed);
      second = madd(ed, d, second);
      p -= stride;
    }
    if (sizeof<N>() == 1) break;
    totalLow = f64x2.add(totalLow, f64x2.promote_low_f32x4(sum));
    totalHigh = f64x2.add(totalHigh, promotedHigh(sum));
    firstLow = f64x2.add(firstLow, f64x2.promote_low_f32x4(first));
    firstHigh = f64x2.add(firstHigh, promotedHigh(first));
    secondLow = f64x2.add(secondLow, f64x2.promote_low_f32x4(second));
    secondHigh = f64x2.add(secondHigh, promotedHigh(second));
    if (sizeof<S>() > 1) {
      squaresLow = f64x2.add(squaresLow, f64x2.promote_low_f32x4(squares));
      squaresHigh = f64x2.add(squaresHigh, promotedHigh(squares));
    }
  }
  if (sizeof<N>() > 1) {
    sum = demoted(totalLow, totalHigh);
    first = demoted(firstLow, firstHigh);
    second = demoted(secondLow, secondHigh);
    if (sizeof<S>() > 1) squares = demoted(squaresLow, squaresHigh);
  }
  const at = staged(place);
  v128.store(at, first, FIRST);
  v128.store(at, second, SECOND);
  v128.store(
    at,
    f32x4(
      gapOf(values, stride, row, f32x4.extract_lane(m, 0)),
      gapOf(values + 4, stride, row + 1, f32x4.extract_lane(m, 1)),
      gapOf(values + 8, stride, row + 2, f32x4.extract_lane(m, 2)),
      gapOf(values + 12, stride, row + 3, f32x4.extract_lane(m, 3)),
    ),
    GAP,
  );
  if (sizeof<S>() == 1) v128.store(at, sum, TOTAL);
  else {
    const ones = f32x4.convert_i32x4_s(i32x4.sub(equal, i32x4.splat(1)));
    v128.store(at, f32x4.add(sum, ones), TOTAL);
    v128.store(at, ones, ONES);
    v128.store(at, squares, SQUARES);
  }
}
