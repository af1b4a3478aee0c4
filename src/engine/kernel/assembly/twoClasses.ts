import { c0, c1, c2, c3, c4 } from './exp';
import { one, rounder, zero } from './lanes';
import { targets, writeSoftmax } from './pass';
import { carefully } from './stagedRows';
import { beta, deepestFall, expTempered, tempered } from './temperature';

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
