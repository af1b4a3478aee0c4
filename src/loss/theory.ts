import { type Rows, rowOf } from './layout.ts';
import type { LossTotals } from './reduce.ts';
import { effectiveAlpha, offValue, onValue, smoothed } from './targets.ts';
import { SLICE, type Work } from './work.ts';

/** −x·ln x, with 0·ln 0 = 0. */
export function surprise(x: number): number {
  return x > 0 ? -x * Math.log(x) : x === 0 ? 0 : Number.NaN;
}

/** −Σ q ln q in nats. */
export function entropy(q: Float64Array): number {
  return q.reduce((sum, x) => sum + surprise(x), 0);
}

/**
 * The lowest −Σ w_k q_k ln p_k over all predictions p, for a smoothed target q, in nats. With r = w∘q and R = Σ r it is
 * R·H(r/R) = R ln R − Σ r ln r, reached at p = r/R (Gibbs' inequality); without weights it's the entropy of q.
 */
export function targetFloor(target: Float64Array, alpha: number, weight: Float64Array | null): number {
  const q = smoothed(target, effectiveAlpha(alpha));
  if (!weight) return entropy(q) - surprise(q.reduce((sum, x) => sum + x, 0));
  const r = q.map((x, k) => x * weight[k]!);
  return entropy(r) - surprise(r.reduce((sum, x) => sum + x, 0));
}

/** The floor of a row with a hard target, for each class it may have: (K) nats, in O(K). */
export function classFloors(classes: number, alpha: number, weight: Float64Array | null): Float64Array {
  const a = effectiveAlpha(alpha);
  const on = onValue(a, classes);
  const off = offValue(a, classes);
  if (!weight) return new Float64Array(classes).fill(surprise(on) + (classes - 1) * surprise(off));
  const mass = off * weight.reduce((sum, w) => sum + w, 0);
  const offs = weight.reduce((sum, w) => sum + surprise(off * w), 0);
  return weight.map((w) => offs - surprise(off * w) + surprise(on * w) - surprise(mass + (on - off) * w));
}

/** The floors of all rows with hard targets together, in nats: from the classes alone. */
export function floorSum({ perClass }: LossTotals, floors: Float64Array): number {
  return perClass.reduce((sum, rows, k) => (rows > 0 ? sum + rows * floors[k]! : sum), 0);
}

/** The floor of every row with soft targets: (rows) nats. */
export function* softFloorsWork(
  targets: Rows,
  alpha: number,
  weight: Float64Array | null,
): Work<Float64Array> {
  const { rows, classes } = targets.layout;
  const floors = new Float64Array(rows);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let row = 0; row < rows; row++) {
    if (row % rowsInSlice === 0) yield row / rows;
    floors[row] = targetFloor(rowOf(targets, row), alpha, weight);
  }
  return floors;
}

/**
 * The loss of a uniform prediction: every −ln p is ln K, so a row costs (Σ_k w_k q_k)·ln K. All rows together, in nats.
 * NaN for weighted soft targets, whose masses aren't kept.
 */
export function guessSum(totals: LossTotals, alpha: number, weight: Float64Array | null): number {
  const { perClass, counted, targets } = totals;
  const classes = perClass.length;
  if (!weight) return counted * Math.log(classes);
  if (targets === 'soft') return Number.NaN;
  const a = effectiveAlpha(alpha);
  const uniform = weight.reduce((sum, w) => sum + w, 0) / classes;
  return (
    perClass.reduce((sum, rows, k) => sum + rows * ((1 - a) * weight[k]! + a * uniform), 0) *
    Math.log(classes)
  );
}

/** The logit gap between the true class and the others at which the loss is lowest: ln(1 + K(1 − α)/α). ∞ at α = 0. */
export function optimalGap(alpha: number, classes: number): number {
  return Math.log(1 + (classes * (1 - alpha)) / alpha);
}

/**
 * The loss of one row whose true class has probability p while the others share the rest equally, in nats.
 * Lowest at p = 1 − α + α/K, where it's the floor.
 */
export function lossAtProbability(p: number, alpha: number, classes: number): number {
  const on = onValue(alpha, classes);
  const rest = 1 - on;
  const term = (mass: number, probability: number) => (mass > 0 ? -mass * Math.log(probability) : 0);
  return term(on, p) + term(rest, (1 - p) / (classes - 1));
}
