import { carefulSoftmax } from './careful';
import { one, zero } from './lanes';
import {
  among, hards, largestProbabilities, predictions, targetProbabilities, uniforms, weightOf, weights, weightSum, writeSoftmax,
} from './pass';

/** So many rows are measured before the logarithm of their sums is taken: done at once, each four would wait for their own. */
export const STAGED: i32 = 64;

/** Leaves four rows where they'll be written, see `writeSoftmax`. */
@inline export function stage(row: i32, others: v128, gap: v128, u0: v128, prediction: v128): void {
  const at = <usize>row << 2;
  v128.store(hards + at, gap);
  v128.store(uniforms + at, u0);
  v128.store(largestProbabilities + at, others);
  v128.store(predictions + at, prediction);
}

/** And the weights of their targets. */
@inline export function stageWeights(row: i32, y0: i32, y1: i32, y2: i32, y3: i32): void {
  v128.store(targetProbabilities + (<usize>row << 2), f32x4(weightOf(y0), weightOf(y1), weightOf(y2), weightOf(y3)));
}

/** Writes rows that were left by `stage`. Row i is `i * size` bytes behind `values`, its logits are `stride` bytes apart. */
export function writeStaged(first: i32, rows: i32, values: usize, size: usize, stride: usize): void {
  const unit = one();
  const u1 = weights ? f32x4.splat(<f32>(weightSum / among)) : unit;
  for (let row = 0; row < rows; row += 4) {
    const at = <usize>(first + row) << 2;
    const gap = v128.load(hards + at);
    const u0 = v128.load(uniforms + at);
    const others = v128.load(largestProbabilities + at);
    const h1 = weights ? v128.load(targetProbabilities + at) : unit;
    const h0 = weights ? f32x4.mul(h1, gap) : gap;
    writeSoftmax(first + row, others, gap, h1, h0, u1, u0, v128.load(predictions + at));
    const finite = f32x4.add(f32x4.sub(u0, u0), f32x4.sub(gap, gap));
    const odd = i32x4.bitmask(v128.or(f32x4.ne(finite, zero()), f32x4.ne(others, others)));
    if (odd) carefully(odd, min(4, rows - row), first + row, values + size * row, size, stride);
  }
}

/** Measures again, carefully, the rows whose bit is set in `odd`. */
export function carefully(odd: i32, rows: i32, first: i32, values: usize, size: usize, stride: usize): void {
  for (let lane = 0; lane < rows; lane++) {
    if ((odd >> lane) & 1) carefulSoftmax(first + lane, values + size * lane, stride, 0);
  }
}
