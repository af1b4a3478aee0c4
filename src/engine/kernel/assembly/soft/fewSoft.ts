import { carefulSoftmax } from '../careful';
import { c0, c1, c2, c3, c4 } from '../exp';
import { madd, one, rounder, zero } from '../lanes';
import { among, classes, scratch, targetOf, targets, tooLarge, writeSoftmax } from '../pass';
import { turn } from '../softmaxColumns';
import { beta, deepestFall, expTempered, tempered } from '../temperature';

/** So many terms are summed in one lane before the sum goes to another. */
const RUN: i32 = 16;

/**
 * A few dozen classes with soft targets, all weights 1: four rows at a time are turned into columns, and so are their targets.
 * `find`: which class is the likeliest target is written to `targets`.
 */
export function fewSoft(values: usize, rows: i32, first: i32, soft: usize, find: bool): void {
  const size = <usize>classes << 2;
  // A little more than the columns take, as they're turned four at a time.
  const softly = scratch + (((<usize>classes + 3) & ~3) << 4);
  for (let row = 0; row < rows; row += 4) {
    const left = rows - row;
    // Beyond the last row stands the last row again.
    const second = left > 1 ? size : 0, third = left > 2 ? 2 * size : 0, fourth = left > 3 ? 3 * size : 0;
    turn(values, second, third, fourth, scratch);
    turn(soft, second, third, fourth, softly);
    const odd = columns(softly, first + row, min(4, left), find);
    for (let lane = 0; odd != 0 && lane < min(4, left); lane++) {
      const at = size * lane;
      if ((odd >> lane) & 1) carefulSoftmax(first + row + lane, values + at, 4, soft + at);
    }
    values += 4 * size;
    soft += 4 * size;
  }
}

/** Returns a bit for each row that has to be measured carefully. */
@inline function columns(softly: usize, row: i32, four: i32, find: bool): i32 {
  const l2e = tempered(), round = rounder(), a0 = c0(), a1 = c1(), a2 = c2(), a3 = c3(), a4 = c4(), unit = one();
  const deep = deepestFall();
  let m = v128.load(scratch), most = v128.load(softly);
  const end = scratch + (<usize>classes << 4);
  const apart = softly - scratch;
  let p = scratch;
  for (p += 16; p < end; p += 16) {
    m = f32x4.pmax(m, v128.load(p));
    most = f32x4.pmax(most, v128.load(p + apart));
  }
  let rest = zero(), falls = rest, wanted = rest, mass = rest;
  let equal = i32x4.splat(0), prediction = equal, likeliest = equal;
  // From the last to the first, so that of equals the first one stays.
  for (let k = classes - 1; k >= 0; ) {
    const last = max(k - RUN, -1);
    let sum = zero(), fall = sum, want = sum, own = sum;
    for (; k > last; k--) {
      p -= 16;
      const d = f32x4.sub(v128.load(p), m);
      const t = v128.load(p + apart);
      fall = f32x4.add(fall, d);
      want = madd(t, d, want);
      own = f32x4.add(own, t);
      const top = f32x4.eq(d, zero());
      const e = expTempered(f32x4.pmax(deep, d), l2e, round, a0, a1, a2, a3, a4, unit);
      sum = f32x4.add(sum, v128.andnot(e, top));
      equal = i32x4.sub(equal, top);
      prediction = v128.bitselect(i32x4.splat(k), prediction, top);
      likeliest = v128.bitselect(i32x4.splat(k), likeliest, f32x4.eq(t, most));
    }
    rest = f32x4.add(rest, sum);
    falls = f32x4.add(falls, fall);
    wanted = f32x4.add(wanted, want);
    mass = f32x4.add(mass, own);
  }
  rest = f32x4.add(rest, f32x4.convert_i32x4_s(i32x4.sub(equal, i32x4.splat(1))));
  if (find) {
    const at = targets + (<usize>row << 2);
    if (four == 4) v128.store(at, likeliest);
    else {
      store<i32>(at, i32x4.extract_lane(likeliest, 0));
      if (four > 1) store<i32>(at, i32x4.extract_lane(likeliest, 1), 4);
      if (four > 2) store<i32>(at, i32x4.extract_lane(likeliest, 2), 8);
    }
    // In float64 a number that isn't finite may be.
    if (v128.any_true(f32x4.ne(f32x4.sub(mass, mass), zero()))) tooLarge();
  }
  const y0 = targetOf(row, 0);
  const y1 = four > 1 ? targetOf(row + 1, 0) : y0;
  const y2 = four > 2 ? targetOf(row + 2, 0) : y0;
  const y3 = four > 3 ? targetOf(row + 3, 0) : y0;
  const z = f32x4(
    load<f32>(scratch + (<usize>y0 << 4)), load<f32>(scratch + (<usize>y1 << 4), 4),
    load<f32>(scratch + (<usize>y2 << 4), 8), load<f32>(scratch + (<usize>y3 << 4), 12),
  );
  const gap = f32x4.mul(f32x4.sub(m, z), f32x4.splat(<f32>beta));
  const h0 = f32x4.mul(wanted, f32x4.splat(<f32>-beta));
  const u0 = f32x4.mul(falls, f32x4.splat(<f32>(-beta / among)));
  writeSoftmax(row, rest, gap, mass, h0, unit, u0, prediction);
  const finite = f32x4.add(f32x4.add(f32x4.sub(u0, u0), f32x4.sub(h0, h0)), f32x4.sub(gap, gap));
  return i32x4.bitmask(v128.or(f32x4.ne(finite, zero()), f32x4.ne(rest, rest)));
}
