import { zero } from './lanes';

/**
 * Multiplies `count` numbers by 1/T into `into`, or where they are: for sigmoids, where no row has a largest that all else is
 * measured from. True if one that is finite isn't then.
 */
export function temperNumbers(values: usize, count: i32, inverse: f32, into: usize): bool {
  const factor = f32x4.splat(inverse);
  let beyond = zero();
  const end = into + (<usize>count << 2);
  for (const full = into + ((<usize>count & ~3) << 2); into < full; into += 16) {
    const four = v128.load(values);
    const quotient = f32x4.mul(four, factor);
    beyond = v128.or(beyond, beyondIn(quotient, four));
    v128.store(into, quotient);
    values += 16;
  }
  for (; into < end; into += 4) {
    const one = v128.load32_splat(values);
    const quotient = f32x4.mul(one, factor);
    beyond = v128.or(beyond, beyondIn(quotient, one));
    v128.store32_lane(into, quotient, 0);
    values += 4;
  }
  return v128.any_true(beyond);
}

/** The least number with all its digits. */
const NORMAL: f32 = 1.1754943508222875e-38;

/** The lanes whose quotient isn't finite though the number is, or has lost digits for being too small. */
@inline function beyondIn(quotient: v128, four: v128): v128 {
  const beyond = v128.and(
    f32x4.ne(f32x4.sub(quotient, quotient), zero()),
    f32x4.eq(f32x4.sub(four, four), zero()),
  );
  const small = v128.and(f32x4.lt(f32x4.abs(quotient), f32x4.splat(NORMAL)), f32x4.ne(four, zero()));
  return v128.or(beyond, small);
}
