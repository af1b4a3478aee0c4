import { c0, c1, c2, c3, c4 } from './exp';
import { demoted, one, promotedHigh, rounder, zero } from './lanes';
import { among, classes, scratch, targetOf, weights } from './pass';
import { STAGED, stage, stageWeights, writeStaged } from './stagedRows';
import { beta, deepestFall, expTempered, tempered } from './temperature';

/** So many differences are summed in one float32 lane before the sum goes to another … */
const RUN: i32 = 16;
/** … and so many before that goes on in float64. */
const SUMMED_CLASSES: i32 = 16 * RUN;
/** Up to that many classes one number counts a row's largest logits, above these bits, and adds up their classes below. */
const TOP_BITS: i32 = 16;
const ONE_TOP: i32 = 1 << TOP_BITS;

/** Few classes, rows one after the other: four rows at a time are turned into columns. */
export function fewClasses(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  for (let begun = 0; begun < rows; begun += STAGED) {
    const from = values;
    const end = min(begun + STAGED, rows);
    for (let row = begun; row < end; row += 4) {
      const left = rows - row;
      // Beyond the last row stands the last row again.
      turn(values, left > 1 ? size : 0, left > 2 ? 2 * size : 0, left > 3 ? 3 * size : 0, scratch);
      if (weights) columns<u16, u8>(scratch, 16, first + row);
      else columns<u8, u8>(scratch, 16, first + row);
      values += 4 * size;
    }
    writeStaged(first + begun, end - begun, from, size, 4);
  }
}

/** Classes one after the other, each with its rows, at least 4: class k of a row is `stride` bytes after class k − 1. */
export function classMajor(values: usize, rows: i32, first: i32, stride: usize): void {
  const whole = rows & ~3;
  for (let row = 0; row < whole; row += STAGED) someColumns(values, row, min(STAGED, whole - row), first, stride);
  // The last four may overlap those before: nothing is written beyond the rows.
  if (whole < rows) someColumns(values, rows - 4, 4, first, stride);
}

function someColumns(values: usize, from: i32, rows: i32, first: i32, stride: usize): void {
  values += <usize>from << 2;
  for (let row = 0; row < rows; row += 4) {
    const four = values + (<usize>row << 2);
    const at = first + from + row;
    if (classes <= SUMMED_CLASSES) {
      if (weights) columns<u16, u8>(four, stride, at);
      else columns<u8, u8>(four, stride, at);
    } else if (weights) columns<u16, u16>(four, stride, at);
    else columns<u8, u16>(four, stride, at);
  }
  writeStaged(first + from, rows, values, 4, stride);
}

/** Writes four rows at `into` as K columns of four. Up to three columns more have what stands behind the rows. */
@inline export function turn(row: usize, second: usize, third: usize, fourth: usize, into: usize): void {
  const end = into + (<usize>classes << 4);
  for (; into < end; into += 64) {
    const a = v128.load(row), b = v128.load(row + second), c = v128.load(row + third), d = v128.load(row + fourth);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7), CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(into, v128.shuffle<i64>(ab, cd, 0, 2), 0);
    v128.store(into, v128.shuffle<i64>(ab, cd, 1, 3), 16);
    v128.store(into, v128.shuffle<i64>(AB, CD, 0, 2), 32);
    v128.store(into, v128.shuffle<i64>(AB, CD, 1, 3), 48);
    row += 16;
  }
}

/**
 * Measures the four rows that stand side by side at `values`, and leaves them to be written. W: u16 with weights. N: u16 if there are more
 * than `SUMMED_CLASSES`.
 */
@inline function columns<W, N>(values: usize, stride: usize, row: i32): void {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  let m = v128.load(values);
  let p = values;
  // By count: behind the last class of a large array there may be no address.
  for (let k = 1; k < classes; k++) {
    p += stride;
    m = f32x4.pmax(m, v128.load(p));
  }
  let rest = zero(), falls = rest, equal = i32x4.splat(0), prediction = equal;
  let restLow = f64x2.splat(0), restHigh = restLow, fallsLow = restLow, fallsHigh = restLow;
  // From the last to the first, so that of equals the first one stays. `p` is at the last.
  for (let k = classes - 1; k >= 0; ) {
    const last = max(k - RUN, -1);
    let sum = zero(), fall = sum;
    for (; k > last; k--) {
      const d = f32x4.sub(v128.load(p), m);
      if (sizeof<W>() > 1) fall = f32x4.sub(fall, f32x4.mul(d, v128.load32_splat(weights + (<usize>k << 2))));
      else fall = f32x4.sub(fall, d);
      const top = f32x4.eq(d, zero());
      const e = expTempered(f32x4.pmax(deep, d), l2e, round, a0, a1, a2, a3, a4, unit);
      sum = f32x4.add(sum, v128.andnot(e, top));
      if (sizeof<N>() > 1) {
        equal = i32x4.sub(equal, top);
        prediction = v128.bitselect(i32x4.splat(k), prediction, top);
      } else equal = i32x4.add(equal, v128.and(top, i32x4.splat(ONE_TOP + k)));
      p -= stride;
    }
    rest = f32x4.add(rest, sum);
    falls = f32x4.add(falls, fall);
    if (sizeof<N>() > 1 && (k & (SUMMED_CLASSES - 1)) < RUN) {
      restLow = f64x2.add(restLow, f64x2.promote_low_f32x4(rest));
      restHigh = f64x2.add(restHigh, promotedHigh(rest));
      fallsLow = f64x2.add(fallsLow, f64x2.promote_low_f32x4(falls));
      fallsHigh = f64x2.add(fallsHigh, promotedHigh(falls));
      rest = zero();
      falls = rest;
    }
  }
  if (sizeof<N>() > 1) {
    rest = demoted(f64x2.add(restLow, f64x2.promote_low_f32x4(rest)), f64x2.add(restHigh, promotedHigh(rest)));
    falls = demoted(f64x2.add(fallsLow, f64x2.promote_low_f32x4(falls)), f64x2.add(fallsHigh, promotedHigh(falls)));
  }
  if (sizeof<N>() == 1) {
    prediction = v128.and(equal, i32x4.splat(ONE_TOP - 1));
    equal = i32x4.shr_u(equal, TOP_BITS);
    if (v128.any_true(i32x4.gt_s(equal, i32x4.splat(1)))) prediction = firstOf(m, values, stride);
  }
  rest = f32x4.add(rest, f32x4.convert_i32x4_s(i32x4.sub(equal, i32x4.splat(1))));
  const y0 = targetOf(row, i32x4.extract_lane(prediction, 0));
  const y1 = targetOf(row + 1, i32x4.extract_lane(prediction, 1));
  const y2 = targetOf(row + 2, i32x4.extract_lane(prediction, 2));
  const y3 = targetOf(row + 3, i32x4.extract_lane(prediction, 3));
  const z = f32x4(
    load<f32>(values + <usize>y0 * stride), load<f32>(values + <usize>y1 * stride, 4),
    load<f32>(values + <usize>y2 * stride, 8), load<f32>(values + <usize>y3 * stride, 12),
  );
  const gap = f32x4.mul(f32x4.sub(m, z), f32x4.splat(<f32>beta));
  const share = f32x4.splat(<f32>(beta / among));
  const u0 = f32x4.mul(falls, share);
  stage(row, rest, gap, u0, prediction);
  if (sizeof<W>() > 1) stageWeights(row, y0, y1, y2, y3);
}

/** The first class whose logit is m, in each of four rows. */
function firstOf(m: v128, values: usize, stride: usize): v128 {
  let first = i32x4.splat(0);
  values += stride * (classes - 1);
  for (let k = classes - 1; k >= 0; k--) {
    first = v128.bitselect(i32x4.splat(k), first, f32x4.eq(v128.load(values), m));
    values -= stride;
  }
  return first;
}
