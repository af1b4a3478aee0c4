import { carefulSoftmax } from './careful';
import { one, zero } from './lanes';
import { among, classes, scratch, weightSum, writeSoftmax } from './pass';

// What is kept of four rows until they are written together, as columns of `scratch`.
const REST: usize = 0;
const GAP: usize = 16;
export const H1: usize = 32;
export const H0: usize = 48;
const U0: usize = 64;
const PREDICTION: usize = 80;

/** Keeps what all rows have. */
@inline export function keep(lane: i32, rest: f64, gap: f32, u0: f64, prediction: i32): void {
  const at = scratch + (<usize>lane << 2);
  store<f32>(at, <f32>rest, REST);
  store<f32>(at, gap, GAP);
  store<f32>(at, <f32>u0, U0);
  store<i32>(at, prediction, PREDICTION);
}

/** Writes the rows that are kept; any that isn't finite is measured again. W as in `anyRow`. */
@inline export function writeFour<W>(values: usize, soft: usize, row: i32, four: i32): void {
  const rest = v128.load(scratch, REST);
  const gap = v128.load(scratch, GAP);
  const u0 = v128.load(scratch, U0);
  writeSoftmax(
    row,
    rest,
    gap,
    sizeof<W>() > 1 ? v128.load(scratch, H1) : one(),
    sizeof<W>() > 1 ? v128.load(scratch, H0) : gap,
    sizeof<W>() > 1 ? f32x4.splat(<f32>(weightSum / among)) : one(),
    u0,
    v128.load(scratch, PREDICTION),
  );
  // ∞ is right where a logit is −∞; with weights it may have come of 0·∞, or of sums beyond float32.
  const sound = sizeof<W>() > 1 ? f32x4.sub(u0, u0) : u0;
  let odd = i32x4.bitmask(f32x4.ne(sound, sound)) | i32x4.bitmask(f32x4.ne(rest, rest));
  if (sizeof<W>() > 1) {
    const h0 = v128.load(scratch, H0);
    odd |= i32x4.bitmask(f32x4.ne(f32x4.sub(h0, h0), zero()));
  }
  if (!(odd & ((1 << four) - 1))) return;
  const size = <usize>classes << 2;
  for (let lane = 0; lane < four; lane++) {
    if ((odd >> lane) & 1)
      carefulSoftmax(row + lane, values + size * lane, 4, sizeof<W>() > 2 ? soft + size * lane : 0);
  }
}
