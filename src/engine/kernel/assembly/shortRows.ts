import { carefulSoftmax } from './careful';
import { c0, c1, c2, c3, c4 } from './exp';
import { minusInfinity, one, rounder, tailMask, zero } from './lanes';
import { among, classes, scratch, targetOf, writeSoftmax } from './pass';
import { beta, deepestFall, expTempered, tempered } from './temperature';

/** So many bytes of a row make a run: its sums stay in float32, and a bit for each of its logits fits 64. */
const RUN: usize = 256;

// Vectors of four rows until they are turned, in `scratch`.
const LARGEST: usize = 0;
const RESTS: usize = 64;
const FALLS: usize = 128;
const PREDICTIONS: usize = 192;

/** Rows of a few dozen classes, all weights 1: four rows share what is done once a row. */
export function shortRows(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  for (let row = 0; row < rows; row += 4) {
    const left = rows - row;
    // Beyond the last row stands the last row again.
    const second = left > 1 ? size : 0, third = left > 2 ? size : 0, fourth = left > 3 ? size : 0;
    const odd = fourRows(values, second, second + third, second + third + fourth, first + row);
    if (odd) {
      for (let lane = 0; lane < min(4, left); lane++) {
        if ((odd >> lane) & 1) carefulSoftmax(first + row + lane, values + size * lane, 4, 0);
      }
    }
    values += 4 * size;
  }
}

/** a…d are columns of four; the result is their sum by rows. */
@inline function sumsByRow(at: usize): v128 {
  const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

/** Measures the rows at `row`, `row + second` … Returns a bit for each that has to be measured carefully. */
@inline function fourRows(values: usize, second: usize, third: usize, fourth: usize, row: i32): i32 {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  const full = values + ((<usize>classes & ~3) << 2);
  const rest = classes & 3;
  let a = minusInfinity(), b = a, c = a, d = a;
  let p = values;
  for (; p < full; p += 16) {
    a = f32x4.pmax(a, v128.load(p));
    b = f32x4.pmax(b, v128.load(p + second));
    c = f32x4.pmax(c, v128.load(p + third));
    d = f32x4.pmax(d, v128.load(p + fourth));
  }
  if (rest) {
    const mask = tailMask(rest);
    a = f32x4.pmax(a, v128.bitselect(v128.load(p), a, mask));
    b = f32x4.pmax(b, v128.bitselect(v128.load(p + second), b, mask));
    c = f32x4.pmax(c, v128.bitselect(v128.load(p + third), c, mask));
    d = f32x4.pmax(d, v128.bitselect(v128.load(p + fourth), d, mask));
  }
  const ab = f32x4.pmax(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.pmax(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  const largest = f32x4.pmax(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
  v128.store(scratch, v128.shuffle<i32>(largest, largest, 0, 0, 0, 0), LARGEST);
  v128.store(scratch, v128.shuffle<i32>(largest, largest, 1, 1, 1, 1), LARGEST + 16);
  v128.store(scratch, v128.shuffle<i32>(largest, largest, 2, 2, 2, 2), LARGEST + 32);
  v128.store(scratch, v128.shuffle<i32>(largest, largest, 3, 3, 3, 3), LARGEST + 48);

  for (let lane: usize = 0; lane < 4; lane++) {
    const start = values + (lane == 0 ? 0 : lane == 1 ? second : lane == 2 ? third : fourth);
    const stop = start + (full - values);
    const m = v128.load(scratch + (lane << 4), LARGEST);
    let rests = zero(), falls = rests;
    let prediction = -1;
    let ties = -1;
    p = start;
    do {
      const from = p;
      const to = min(p + RUN, stop);
      let sum = zero(), fall = sum;
      let tops: u64 = 0;
      for (; p < to; p += 16) {
        const less = f32x4.sub(v128.load(p), m);
        fall = f32x4.sub(fall, less);
        const top = f32x4.eq(less, zero());
        const e = expTempered(f32x4.pmax(deep, less), l2e, round, a0, a1, a2, a3, a4, unit);
        sum = f32x4.add(sum, v128.andnot(e, top));
        tops |= <u64>i32x4.bitmask(top) << ((p - from) >> 2);
      }
      if (p == stop && rest && p - from < RUN) {
        const mask = tailMask(rest);
        const less = v128.and(mask, f32x4.sub(v128.load(p), m));
        fall = f32x4.sub(fall, less);
        const top = v128.and(mask, f32x4.eq(less, zero()));
        const e = v128.and(mask, expTempered(f32x4.pmax(deep, less), l2e, round, a0, a1, a2, a3, a4, unit));
        sum = f32x4.add(sum, v128.andnot(e, top));
        tops |= <u64>i32x4.bitmask(top) << ((p - from) >> 2);
        p += 16;
      }
      if (tops) {
        if (prediction < 0) prediction = <i32>((from - start) >> 2) + <i32>ctz(tops);
        ties += <i32>popcnt(tops);
      }
      rests = f32x4.add(rests, sum);
      falls = f32x4.add(falls, fall);
    } while (p < stop + (rest ? 1 : 0));
    const at = scratch + (lane << 4);
    v128.store(at, ties > 0 ? f32x4.add(rests, f32x4(<f32>ties, 0, 0, 0)) : rests, RESTS);
    v128.store(at, falls, FALLS);
    store<i32>(scratch + (lane << 2), max(prediction, 0), PREDICTIONS);
  }
  const y0 = targetOf(row, load<i32>(scratch, PREDICTIONS));
  const y1 = targetOf(row + 1, load<i32>(scratch, PREDICTIONS + 4));
  const y2 = targetOf(row + 2, load<i32>(scratch, PREDICTIONS + 8));
  const y3 = targetOf(row + 3, load<i32>(scratch, PREDICTIONS + 12));
  const z = f32x4(
    load<f32>(values + (<usize>y0 << 2)), load<f32>(values + second + (<usize>y1 << 2)),
    load<f32>(values + third + (<usize>y2 << 2)), load<f32>(values + fourth + (<usize>y3 << 2)),
  );
  const gap = f32x4.mul(f32x4.sub(largest, z), f32x4.splat(<f32>beta));
  const sums = sumsByRow(scratch + RESTS);
  const u0 = f32x4.mul(sumsByRow(scratch + FALLS), f32x4.splat(<f32>(beta / among)));
  writeSoftmax(row, sums, gap, unit, gap, unit, u0, v128.load(scratch, PREDICTIONS));
  const finite = f32x4.add(f32x4.sub(u0, u0), f32x4.sub(gap, gap));
  return i32x4.bitmask(v128.or(f32x4.ne(finite, zero()), f32x4.ne(sums, sums)));
}
