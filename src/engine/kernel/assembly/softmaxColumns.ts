import { c0, c1, c2, c3, c4 } from './exp';
import { demoted, one, promotedHigh, rounder, zero } from './lanes';
import { carefulSoftmax } from './careful';
import { among, classes, scratch, targetOf, targets, weights, weightSum, writeSoftmax } from './pass';
import { beta, deepestFall, expTempered, tempered } from './temperature';

/** So many differences are summed in one float32 lane before the sum goes to another … */
const RUN: i32 = 16;
/** … and so many before that goes on in float64. */
const SUMMED_CLASSES: i32 = 16 * RUN;

/** Few classes, rows one after the other: four rows at a time are turned into columns. */
export function fewClasses(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row += 4) {
    const left = rows - row;
    // Beyond the last row stands the last row again.
    turn(values, left > 1 ? size : 0, left > 2 ? 2 * size : 0, left > 3 ? 3 * size : 0, scratch);
    const odd = weights ? columns<u16, u8>(scratch, 16, first + row) : columns<u8, u8>(scratch, 16, first + row);
    if (odd) carefully(odd, min(4, left), first + row, values, size, 4);
    values += 4 * size;
  }
}

/** Classes one after the other, each with its rows, at least 4: class k of a row is `stride` bytes after class k − 1. */
export function classMajor(values: usize, rows: i32, first: i32, stride: usize): void {
  for (let next = 0; next < rows; next += 4) {
    // The last four may overlap those before: nothing is written beyond the rows.
    const row = min(next, rows - 4);
    const four = values + (<usize>row << 2);
    let odd: i32;
    if (classes <= SUMMED_CLASSES) odd = weights ? columns<u16, u8>(four, stride, first + row) : columns<u8, u8>(four, stride, first + row);
    else odd = weights ? columns<u16, u16>(four, stride, first + row) : columns<u8, u16>(four, stride, first + row);
    if (odd) carefully(odd, 4, first + row, four, 4, stride);
  }
}

/** Measures again, carefully, the rows whose bit is set in `odd`. */
function carefully(odd: i32, rows: i32, first: i32, values: usize, size: usize, stride: usize): void {
  for (let lane = 0; lane < rows; lane++) {
    if ((odd >> lane) & 1) carefulSoftmax(first + lane, values + size * lane, stride, 0);
  }
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
 * Measures the four rows that stand side by side at `values`. Returns a bit for each that has to be measured carefully. W: u16 with
 * weights. N: u16 if there are more than `SUMMED_CLASSES`.
 */
@inline function columns<W, N>(values: usize, stride: usize, row: i32): i32 {
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
      equal = i32x4.sub(equal, top);
      prediction = v128.bitselect(i32x4.splat(k), prediction, top);
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
  if (sizeof<W>() > 1) {
    const h1 = f32x4(
      load<f32>(weights + (<usize>y0 << 2)), load<f32>(weights + (<usize>y1 << 2)),
      load<f32>(weights + (<usize>y2 << 2)), load<f32>(weights + (<usize>y3 << 2)),
    );
    writeSoftmax(row, rest, gap, h1, f32x4.mul(h1, gap), f32x4.splat(<f32>(weightSum / among)), u0, prediction);
  } else writeSoftmax(row, rest, gap, unit, gap, unit, u0, prediction);
  const finite = f32x4.add(f32x4.sub(u0, u0), f32x4.sub(gap, gap));
  return i32x4.bitmask(v128.or(f32x4.ne(finite, zero()), f32x4.ne(rest, rest)));
}

/** Two classes: only their difference d counts. ln(1 + e^−|d|) is the loss of the likelier one, |d| more that of the other. */
export function twoClasses(values: usize, rows: i32, first: i32): void {
  for (let row = 0; row < rows; row += 4) {
    const left = rows - row;
    const a = v128.load(values);
    const b = left > 2 ? v128.load(values, 16) : a;
    const z0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    const z1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const d = f32x4.sub(z1, z0);
    const apart = f32x4.abs(d);
    const far = f32x4.mul(apart, f32x4.splat(<f32>beta));
    const second = f32x4.gt(d, zero());
    const prediction = v128.and(second, i32x4.splat(1));
    const near = f32x4.pmax(deepestFall(), f32x4.neg(apart));
    const rest = expTempered(near, tempered(), rounder(), c0(), c1(), c2(), c3(), c4(), one());
    let gap = zero();
    if (targets) {
      const wanted = i32x4.eq(v128.load(targets + (<usize>(first + row) << 2)), i32x4.splat(1));
      gap = v128.and(far, v128.xor(wanted, second));
    }
    writeSoftmax(first + row, rest, gap, one(), gap, one(), f32x4.mul(far, f32x4.splat(0.5)), prediction);
    const odd = i32x4.bitmask(f32x4.ne(f32x4.sub(far, far), zero()));
    if (odd) carefully(odd, min(4, left), first + row, values, 8, 4);
    values += 32;
  }
}
