import { largestOfRow, minusInfinity, zero } from './lanes';
import { classes } from './pass';

/**
 * Multiplies rows by 1/T into `into`, or where they are; before that the largest of its row is taken off each if `fromLargest`. True
 * if one that is finite isn't then.
 */
export function temperRows(values: usize, rows: i32, inverse: f32, fromLargest: bool, into: usize): bool {
  const size = <usize>classes << 2;
  const factor = f32x4.splat(inverse);
  let beyond = zero();
  for (let row = 0; row < rows; row++) {
    const largest = fromLargest ? largestOfRow(values, classes) : 0;
    const shift = f32x4.splat(largest - largest == 0 ? largest : 0);
    const end = into + size;
    for (const full = into + (size & ~15); into < full; into += 16) {
      const four = v128.load(values);
      const quotient = f32x4.mul(f32x4.sub(four, shift), factor);
      beyond = v128.or(beyond, beyondIn(quotient, four));
      v128.store(into, quotient);
      values += 16;
    }
    for (; into < end; into += 4) {
      const one = v128.load32_splat(values);
      const quotient = f32x4.mul(f32x4.sub(one, shift), factor);
      beyond = v128.or(beyond, beyondIn(quotient, one));
      v128.store32_lane(into, quotient, 0);
      values += 4;
    }
  }
  return v128.any_true(beyond);
}

/** The same for classes `stride` bytes apart, of at least 4 rows, into classes of `rows` numbers each. */
export function temperColumns(
  values: usize, rows: i32, stride: usize, inverse: f32, fromLargest: bool, into: usize,
): bool {
  const factor = f32x4.splat(inverse);
  const size = <usize>rows << 2;
  let beyond = zero();
  for (let next = 0; next < rows; next += 4) {
    // The last four may overlap those before.
    const at = <usize>min(next, rows - 4) << 2;
    let largest = minusInfinity();
    let p = values + at;
    for (let k = 0; k < classes && fromLargest; k++) {
      largest = f32x4.pmax(largest, v128.load(p));
      p += stride;
    }
    const shift = v128.and(largest, f32x4.eq(f32x4.sub(largest, largest), zero()));
    p = values + at;
    let q = into + at;
    for (let k = 0; k < classes; k++) {
      const four = v128.load(p);
      const quotient = f32x4.mul(f32x4.sub(four, shift), factor);
      beyond = v128.or(beyond, beyondIn(quotient, four));
      v128.store(q, quotient);
      p += stride;
      q += size;
    }
  }
  return v128.any_true(beyond);
}

/** The lanes whose quotient isn't finite though the number is. */
@inline function beyondIn(quotient: v128, four: v128): v128 {
  return v128.and(
    f32x4.ne(f32x4.sub(quotient, quotient), zero()),
    f32x4.eq(f32x4.sub(four, four), zero()),
  );
}
