import { sumOfTwo, zero } from './lanes';

/** How many bytes of a column are added up as they are: as `sumOf` has it, to the last digit. */
const RUN: usize = 1024;

/**
 * Adds up what a pass has written of its rows, as `lossTotals` does: `into` gets float64 sums of the hard and uniform losses, the
 * number of rows that aren't ignored, and (K) how many of those each class has. `counts` is room for 16·K bytes.
 */
export function totals(
  rows: i32, K: i32, hards: usize, uniforms: usize, targetProbabilities: usize, targets: usize, counts: usize, into: usize,
): void {
  store<f64>(into, sumOf(hards, rows));
  store<f64>(into, sumOf(uniforms, rows), 8);
  memory.fill(counts, 0, <usize>K << 4);
  const whole = <usize>(rows & ~3) << 2;
  const end = <usize>rows << 2;
  let ignored = 0;
  for (let at: usize = 0; at < end; at += 16) {
    const p = v128.load(targetProbabilities + at);
    const odd = v128.and(f32x4.eq(v128.load(hards + at), zero()), f32x4.ne(p, p));
    if (at < whole && !v128.any_true(odd)) {
      // One count for each lane: the next row of a class needn't wait for this one.
      for (let lane: usize = 0; lane < 16; lane += 4) count(load<i32>(targets + at + lane), K, counts + lane);
      continue;
    }
    const mask = i32x4.bitmask(odd);
    for (let lane = 0; lane < 4 && at + (<usize>lane << 2) < end; lane++) {
      if ((mask >> lane) & 1) ignored++;
      else count(load<i32>(targets + at + (<usize>lane << 2)), K, counts);
    }
  }
  store<f64>(into, rows - ignored, 16);
  for (let k: usize = 0; k < <usize>K; k++) {
    const four = counts + (k << 4);
    store<f64>(into + (k << 3), load<i32>(four) + load<i32>(four, 4) + load<i32>(four, 8) + load<i32>(four, 12), 24);
  }
}

@inline function count(target: i32, K: i32, counts: usize): void {
  if (<u32>target >= <u32>K) return;
  const at = counts + (<usize>target << 4);
  store<i32>(at, load<i32>(at) + 1);
}

/** The sum of `count` float32 numbers, runs of them added as Neumaier does. */
function sumOf(from: usize, count: i32): f64 {
  let sum: f64 = 0;
  let lost: f64 = 0;
  const end = from + (<usize>count << 2);
  for (let start = from; start < end; start += RUN) {
    const value = sumOfRun(start, min(start + RUN, end));
    const next = sum + value;
    lost += abs(sum) >= abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum - sum == 0 ? sum + lost : sum;
}

@inline function sumOfRun(start: usize, end: usize): f64 {
  let low = f64x2.splat(0), high = low;
  let p = start;
  for (const whole = start + ((end - start) & ~15); p < whole; p += 16) {
    const four = v128.load(p);
    low = f64x2.add(low, f64x2.promote_low_f32x4(four));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 0, 1)));
  }
  let first: f64 = f64x2.extract_lane(low, 0);
  for (; p < end; p += 4) first += <f64>load<f32>(p);
  return first + f64x2.extract_lane(low, 1) + sumOfTwo(high);
}
