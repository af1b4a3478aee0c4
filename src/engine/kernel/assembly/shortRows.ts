import { c0, c1, c2, c3, c4 } from './exp';
import { minusInfinity, one, rounder, tailMask, zero } from './lanes';
import { among, classes, scratch, targetOf } from './pass';
import { STAGED, stage, writeStaged } from './stagedRows';
import { beta, deepestFall, expTempered, tempered } from './temperature';

// Vectors of four rows until they are turned, in `scratch`.
const LARGEST: usize = 0;
const RESTS: usize = 64;
const FALLS: usize = 128;
const PREDICTIONS: usize = 192;

/** Rows of a few dozen classes, all weights 1: four rows share what is done once a row. */
export function shortRows(values: usize, rows: i32, first: i32): void {
  const size = <usize>classes << 2;
  const last = values + size * (rows - 1);
  let m = splatLargest(largestLanes(values));
  for (let begun = 0; begun < rows; begun += STAGED) {
    const from = values;
    const end = min(begun + STAGED, rows);
    for (let row = begun; row < end; row += 4) {
      for (let lane: usize = 0; lane < 4; lane++) {
        // Beyond the last row stands the last row again.
        const at = min(values + size * lane, last);
        m = measure(at, min(at + size, last), m, lane);
      }
      finish(values, size, last, first + row);
      values += 4 * size;
    }
    writeStaged(first + begun, end - begun, from, size, 4);
  }
}

/** The largest of each lane; a NaN is passed over. */
@inline function largestLanes(p: usize): v128 {
  let a = minusInfinity();
  const full = p + ((<usize>classes & ~3) << 2);
  for (; p < full; p += 16) a = f32x4.pmax(a, v128.load(p));
  if (classes & 3) a = f32x4.pmax(a, v128.bitselect(v128.load(p), a, tailMask(classes & 3)));
  return a;
}

@inline function splatLargest(v: v128): v128 {
  const half = f32x4.pmax(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.pmax(half, v128.shuffle<i32>(half, half, 1, 0, 3, 2));
}

/** Measures the row at `start`, whose largest logit is m, and looks for that of the row at `next`, which is returned. */
@inline function measure(start: usize, next: usize, m: v128, lane: usize): v128 {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  const rest = classes & 3;
  const stop = start + ((<usize>classes & ~3) << 2);
  const quads = start + ((<usize>classes & ~15) << 2);
  const ahead = next - start;
  let n = minusInfinity();
  let rests = zero(), falls = rests;
  let prediction = -1;
  let ties = -1;
  let p = start;
  // Four vectors at once: sums stay short, and so do the loops, whose ends are then foretold.
  for (; p < quads; p += 64) {
    const la = f32x4.sub(v128.load(p), m), lb = f32x4.sub(v128.load(p, 16), m);
    const lc = f32x4.sub(v128.load(p, 32), m), ld = f32x4.sub(v128.load(p, 48), m);
    falls = f32x4.sub(falls, f32x4.add(f32x4.add(la, lb), f32x4.add(lc, ld)));
    const ta = f32x4.eq(la, zero()), tb = f32x4.eq(lb, zero()), tc = f32x4.eq(lc, zero()), td = f32x4.eq(ld, zero());
    const ea = v128.andnot(expTempered(f32x4.pmax(deep, la), l2e, round, a0, a1, a2, a3, a4, unit), ta);
    const eb = v128.andnot(expTempered(f32x4.pmax(deep, lb), l2e, round, a0, a1, a2, a3, a4, unit), tb);
    const ec = v128.andnot(expTempered(f32x4.pmax(deep, lc), l2e, round, a0, a1, a2, a3, a4, unit), tc);
    const ed = v128.andnot(expTempered(f32x4.pmax(deep, ld), l2e, round, a0, a1, a2, a3, a4, unit), td);
    rests = f32x4.add(rests, f32x4.add(f32x4.add(ea, eb), f32x4.add(ec, ed)));
    const tops = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(ta, tb), i16x8.narrow_i32x4_s(tc, td)));
    prediction = select(<i32>((p - start) >> 2) + ctz(tops), prediction, i32(prediction < 0) & i32(tops != 0));
    ties += popcnt(tops);
    n = f32x4.pmax(n, v128.load(p + ahead));
    n = f32x4.pmax(n, v128.load(p + ahead, 16));
    n = f32x4.pmax(n, v128.load(p + ahead, 32));
    n = f32x4.pmax(n, v128.load(p + ahead, 48));
  }
  for (; p < stop; p += 16) {
    const less = f32x4.sub(v128.load(p), m);
    falls = f32x4.sub(falls, less);
    const top = f32x4.eq(less, zero());
    const e = expTempered(f32x4.pmax(deep, less), l2e, round, a0, a1, a2, a3, a4, unit);
    rests = f32x4.add(rests, v128.andnot(e, top));
    const tops = i32x4.bitmask(top);
    prediction = select(<i32>((p - start) >> 2) + ctz(tops), prediction, i32(prediction < 0) & i32(tops != 0));
    ties += popcnt(tops);
    n = f32x4.pmax(n, v128.load(p + ahead));
  }
  if (rest) {
    const mask = tailMask(rest);
    const less = v128.and(mask, f32x4.sub(v128.load(p), m));
    falls = f32x4.sub(falls, less);
    const top = v128.and(mask, f32x4.eq(less, zero()));
    const e = v128.and(mask, expTempered(f32x4.pmax(deep, less), l2e, round, a0, a1, a2, a3, a4, unit));
    rests = f32x4.add(rests, v128.andnot(e, top));
    const tops = i32x4.bitmask(top);
    prediction = select(<i32>((p - start) >> 2) + ctz(tops), prediction, i32(prediction < 0) & i32(tops != 0));
    ties += popcnt(tops);
    n = f32x4.pmax(n, v128.bitselect(v128.load(p + ahead), n, mask));
  }
  const at = scratch + (lane << 4);
  v128.store(at, m, LARGEST);
  v128.store(at, ties > 0 ? f32x4.add(rests, f32x4(<f32>ties, 0, 0, 0)) : rests, RESTS);
  v128.store(at, falls, FALLS);
  store<i32>(scratch + (lane << 2), max(prediction, 0), PREDICTIONS);
  return splatLargest(n);
}

/** a…d are columns of four; the result is their sum by rows. */
@inline function sumsByRow(at: usize): v128 {
  const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

/** Leaves the four rows from `values` on to be written. */
@inline function finish(values: usize, size: usize, last: usize, row: i32): void {
  const a = v128.load(scratch, LARGEST), b = v128.load(scratch, LARGEST + 16);
  const c = v128.load(scratch, LARGEST + 32), d = v128.load(scratch, LARGEST + 48);
  const largest = v128.shuffle<i64>(v128.shuffle<i32>(a, b, 0, 4, 0, 4), v128.shuffle<i32>(c, d, 0, 4, 0, 4), 0, 2);
  const p0 = load<i32>(scratch, PREDICTIONS), p1 = load<i32>(scratch, PREDICTIONS + 4);
  const p2 = load<i32>(scratch, PREDICTIONS + 8), p3 = load<i32>(scratch, PREDICTIONS + 12);
  const y0 = targetOf(row, p0), y1 = targetOf(row + 1, p1), y2 = targetOf(row + 2, p2), y3 = targetOf(row + 3, p3);
  const z = f32x4(
    load<f32>(values + (<usize>y0 << 2)), load<f32>(min(values + size, last) + (<usize>y1 << 2)),
    load<f32>(min(values + 2 * size, last) + (<usize>y2 << 2)), load<f32>(min(values + 3 * size, last) + (<usize>y3 << 2)),
  );
  const gap = f32x4.mul(f32x4.sub(largest, z), f32x4.splat(<f32>beta));
  const sums = sumsByRow(scratch + RESTS);
  const u0 = f32x4.mul(sumsByRow(scratch + FALLS), f32x4.splat(<f32>(beta / among)));
  stage(row, sums, gap, u0, i32x4(p0, p1, p2, p3));
}
