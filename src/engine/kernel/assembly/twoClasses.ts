import { c0, c1, c2, c3, c4, smallLog1p4 } from './exp';
import { deepest, one, rounder, zero } from './lanes';
import { spread, targets, write } from './pass';
import { carefully } from './stagedRows';
import { beta, deepestFall, expTempered, regained, tempered } from './temperature';

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
    const near = f32x4.pmax(deepestFall(), f32x4.neg(apart));
    const e = expTempered(near, tempered(), rounder(), c0(), c1(), c2(), c3(), c4(), one());
    const at = first + row;
    let wrong = zero();
    if (targets) {
      const wanted = i32x4.eq(v128.load(targets + (<usize>at << 2)), i32x4.splat(1));
      wrong = v128.xor(wanted, second);
    }
    const rest = regained(e, spread);
    const log = smallLog1p4(rest);
    const gap = v128.and(far, wrong);
    const pMax = f32x4.div(one(), f32x4.add(one(), rest));
    const other = v128.and(rest, f32x4.lt(far, f32x4.neg(deepest())));
    write(
      <usize>at << 2,
      f32x4.add(log, gap),
      f32x4.add(log, f32x4.mul(far, f32x4.splat(0.5))),
      f32x4.mul(pMax, v128.bitselect(other, one(), wrong)),
      pMax,
      v128.and(second, i32x4.splat(1)),
    );
    const odd = i32x4.bitmask(f32x4.ne(f32x4.sub(far, far), zero()));
    if (odd) carefully(odd, min(4, left), at, values, 8, 4);
    values += 32;
  }
}
