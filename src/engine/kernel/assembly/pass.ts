import { log1p4, expOf } from './exp';
import { deepest, one, zero } from './lanes';
import { regained, temperAt } from './temperature';

// What a pass over the rows is about: set before each of its blocks. Addresses are in bytes.

/** K */
export let classes: i32 = 0;
/** ½·ln K, see `regained`. */
export let spread: f32 = 0;
/** (K) float32 weights, 0 if all are 1; and what they add up to. */
export let weights: usize = 0;
export let weightSum: f64 = 0;
/** m, the number of classes that share a smoothed target. */
export let among: f64 = 0;
/** A target that counts nothing. */
export let ignoreIndex: i32 = 0;
/** The class that gets nothing, or −1. Its weight is 0, too. */
export let padding: i32 = -1;
/** (rows) int32, or 0: each row's prediction is its target. */
export let targets: usize = 0;
/** (rows) each, with room for a multiple of four: float32, the last one int32. */
export let hards: usize = 0;
export let uniforms: usize = 0;
export let targetProbabilities: usize = 0;
export let largestProbabilities: usize = 0;
export let predictions: usize = 0;
/** Room for what a slice needs in between: twice 16·(K + 8) bytes, this thread's own. */
export let scratch: usize = 0;

/** True once a row has a loss that float64 holds and float32 doesn't: it was written as ∞. */
let beyond: bool = false;

export function beyondFloat32(): bool {
  return beyond;
}

/** Says that there's a number that float64 may hold. */
export function tooLarge(): void {
  beyond = true;
}

/** Says that a loss was beyond float32, if it was. */
export function checkRange(loss: f64): void {
  const written = <f64><f32>loss;
  if (loss - loss == 0 && written - written != 0) beyond = true;
}

/** Says so of the difference between two logits. */
@inline export function checkGap(gap: f32, largest: f32, logit: f32): void {
  if (gap - gap != 0 && largest - largest == 0 && logit - logit == 0) beyond = true;
}

export function begin(
  K: i32, m: f64, ignore: i32, pad: i32, weightsAt: usize, sumOfWeights: f64, targetsAt: usize,
  hardsAt: usize, uniformsAt: usize, targetProbabilitiesAt: usize, largestProbabilitiesAt: usize, predictionsAt: usize,
  scratchAt: usize,
): void {
  beyond = false;
  temperAt(1);
  classes = K;
  spread = <f32>(0.5 * Math.log(<f64>K));
  among = m;
  ignoreIndex = ignore;
  padding = pad;
  weights = weightsAt;
  weightSum = sumOfWeights;
  targets = targetsAt;
  hards = hardsAt;
  uniforms = uniformsAt;
  targetProbabilities = targetProbabilitiesAt;
  largestProbabilities = largestProbabilitiesAt;
  predictions = predictionsAt;
  scratch = scratchAt;
}

/** The target of a row, in 0…K−1 whatever it is: one to be ignored is measured like any other, and dropped at the end. */
@inline export function targetOf(row: i32, prediction: i32): i32 {
  if (!targets) return prediction;
  const target = load<i32>(targets + (<usize>row << 2));
  return <u32>target < <u32>classes ? target : 0;
}

@inline export function weightOf(k: i32): f32 {
  return weights ? load<f32>(weights + (<usize>k << 2)) : 1;
}

/**
 * Writes four rows. With m the largest logit, `others` = Σ e^(z − m) without the largest itself, so that ln(1 + rest) keeps its
 * precision in a row that is all but certain; `gap` = m − z_y, both at their temperature. hard = h₁·ln(1 + rest) + h₀, uniform = u₁·ln(1 + rest) + u₀.
 */
@inline export function writeSoftmax(
  row: i32, others: v128, gap: v128, h1: v128, h0: v128, u1: v128, u0: v128, prediction: v128,
): void {
  const at = <usize>row << 2;
  const rest = regained(others, spread);
  const log = log1p4(rest);
  const pMax = f32x4.div(one(), f32x4.add(one(), rest));
  const fall = f32x4.sub(zero(), gap);
  const pTarget = f32x4.mul(pMax, expOf(f32x4.pmax(deepest(), fall)));
  write(
    at,
    f32x4.add(f32x4.mul(h1, log), h0),
    f32x4.add(f32x4.mul(u1, log), u0),
    v128.and(pTarget, f32x4.gt(fall, deepest())),
    pMax,
    prediction,
  );
}

/** Writes four rows as they are, those to be ignored as ignored. */
@inline export function write(
  at: usize, hard: v128, uniform: v128, pTarget: v128, pMax: v128, prediction: v128,
): void {
  const ignored = i32x4.eq(targets ? v128.load(targets + at) : prediction, i32x4.splat(ignoreIndex));
  v128.store(hards + at, v128.andnot(hard, ignored));
  v128.store(uniforms + at, v128.andnot(uniform, ignored));
  // All bits set is a NaN.
  v128.store(targetProbabilities + at, v128.or(pTarget, ignored));
  v128.store(largestProbabilities + at, pMax);
  v128.store(predictions + at, prediction);
}

/** Writes one row. */
export function writeOne(row: i32, hard: f64, uniform: f64, pTarget: f32, pMax: f32, prediction: i32): void {
  const at = <usize>row << 2;
  store<i32>(predictions + at, prediction);
  store<f32>(largestProbabilities + at, pMax);
  const ignored = (targets ? load<i32>(targets + at) : prediction) == ignoreIndex;
  const h: f32 = ignored ? 0 : <f32>hard;
  const u: f32 = ignored ? 0 : <f32>uniform;
  store<f32>(hards + at, h);
  store<f32>(uniforms + at, u);
  const both = h + u;
  if (both - both != 0) {
    checkRange(hard);
    checkRange(uniform);
  }
  store<f32>(targetProbabilities + at, ignored ? NaN : pTarget);
}
