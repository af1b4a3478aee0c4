import type { LossTotals } from '../batch/reduction.ts';
import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';
import { type Floats, offsetOf, type Rows } from '../rows/rowLayout.ts';
import { SLICE, type Work } from '../work.ts';
import { weightedTargets } from './weightedTargets.ts';

/** −x·ln x, with 0·ln 0 = 0. */
export function surprise(x: number): number {
  return x > 0 ? -x * Math.log(x) : x === 0 ? 0 : Number.NaN;
}

/** −Σ q ln q in nats. */
export function entropy(q: Float64Array): number {
  return q.reduce((sum, x) => sum + surprise(x), 0);
}

/** The entropy of a smoothed one-hot target under a softmax, in nats. */
export function labelEntropy(smoothing: Smoothing): number {
  const { on, off } = valuesOf(smoothing);
  return surprise(on) + Math.max(0, smoothing.among - 1) * surprise(off);
}

/** −t ln t − (1 − t) ln(1 − t) in nats. */
function binaryEntropy(t: number): number {
  return surprise(t) + surprise(1 - t);
}

/**
 * The lowest loss of a row over all predictions, in nats. Softmax: −Σ w_k q_k ln p_k with r = w∘q and R = Σ r is at least
 * R·H(r/R) = R ln R − Σ r ln r, reached at p = r/R (Gibbs' inequality); without weights it's the entropy of q. Sigmoid: each
 * class has its own floor, the binary entropy of q_k; the row has their mean, weights and all.
 */
export function targetFloor(target: Float64Array, smoothing: Smoothing, weight: Float64Array | null): number {
  return rowFloor(smoothing, weight)(target, 0, 1);
}

/** The floor of a row whose targets are at `start`, `start + step`, …: (1 − u)·t + off each, as `smoothed` has them. */
function rowFloor(
  smoothing: Smoothing,
  weight: Float64Array | null,
): (targets: Floats, start: number, step: number) => number {
  const { activation, classes, uniform, padding } = smoothing;
  const { on, off } = valuesOf(smoothing);
  const costOf = activation === 'sigmoid' ? binaryEntropy : surprise;
  // Most targets are 0: their logarithm is taken once.
  const naught = costOf(off);
  const softmax = activation === 'softmax';
  return (targets, start, step) => {
    if (padding !== null && targets[start + padding * step] === 1) return 0;
    let [sum, mass] = [0, 0];
    for (let k = 0, at = start; k < classes; k++, at += step) {
      if (k === padding) continue;
      const t = targets[at]!;
      const q = t === 1 ? on : (1 - uniform) * t + off;
      if (softmax) {
        const r = weight ? q * weight[k]! : q;
        sum += r === off ? naught : surprise(r);
        mass += r;
      } else sum += (weight ? weight[k]! : 1) * (q === off ? naught : binaryEntropy(q));
    }
    return softmax ? sum - surprise(mass) : sum / classes;
  };
}

/** The floor of a row with a hard target that isn't padding, without class weights: nats, in O(1). */
export function hardFloor(smoothing: Smoothing): number {
  if (smoothing.activation === 'softmax') return labelEntropy(smoothing);
  const { on, off } = valuesOf(smoothing);
  return binaryEntropy(off) + (binaryEntropy(on) - binaryEntropy(off)) / smoothing.classes;
}

/** The floor of a row with a hard target, for each class it may have: (K) nats, in O(K). */
export function classFloors(smoothing: Smoothing, weight: Float64Array | null): Float64Array {
  const { activation, classes, padding } = smoothing;
  const { on, off } = valuesOf(smoothing);
  const w = weight ?? new Float64Array(classes).fill(1);
  if (activation === 'sigmoid') {
    const [least, more] = [binaryEntropy(off), binaryEntropy(on) - binaryEntropy(off)];
    const offs = least * w.reduce((sum, x) => sum + x, 0);
    return w.map((x) => (offs + more * x) / classes);
  }
  if (!weight) {
    const floor = labelEntropy(smoothing);
    return w.map((_, k) => (k === padding ? 0 : floor));
  }
  const { weight: used, mass } = weightedTargets(smoothing, weight);
  const offs = used.reduce((sum, x) => sum + surprise(off * x), 0);
  return used.map((x, y) =>
    y === padding ? 0 : offs - surprise(off * x) + surprise(on * x) - surprise(mass[y]!),
  );
}

/** The floors of all rows with hard targets together, in nats: from the classes alone. */
export function floorSum({ perClass }: LossTotals, floors: Float64Array): number {
  return perClass.reduce((sum, rows, k) => (rows > 0 ? sum + rows * floors[k]! : sum), 0);
}

/** The floor of every row with soft targets: (rows) nats. */
export function* sumSoftFloors(
  targets: Rows,
  smoothing: Smoothing,
  weight: Float64Array | null,
): Work<Float64Array> {
  const { rows, classes } = targets.layout;
  const floors = new Float64Array(rows);
  const floorOf = rowFloor(smoothing, weight);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let row = 0; row < rows; row++) {
    if (row % rowsInSlice === 0) yield row / rows;
    floors[row] = floorOf(targets.values, offsetOf(targets.layout, row), targets.layout.inner);
  }
  return floors;
}

/**
 * What the targets of all rows come to, each class by its weight: the sum of Σ_k w_k q_k under a softmax, of sigmoids that of the
 * weights' mean, whatever the targets are. NaN for weighted soft targets of a softmax, whose masses aren't kept.
 */
export function massSum(totals: LossTotals, smoothing: Smoothing, weight: Float64Array | null): number {
  const { perClass, counted, targets } = totals;
  const classes = perClass.length;
  if (smoothing.activation === 'sigmoid')
    return counted * ((weight?.reduce((sum, w) => sum + w, 0) ?? classes) / classes);
  if (!weight) return counted;
  if (targets === 'soft') return Number.NaN;
  const { mass } = weightedTargets(smoothing, weight);
  return perClass.reduce((sum, rows, k) => (rows > 0 ? sum + rows * mass[k]! : sum), 0);
}

/**
 * The loss of equal logits, all 0, over all rows together, in nats. Under a softmax every −ln p is ln K, every sigmoid costs
 * ln 2.
 */
export function guessSum(totals: LossTotals, smoothing: Smoothing, weight: Float64Array | null): number {
  const cost = smoothing.activation === 'sigmoid' ? Math.LN2 : Math.log(totals.perClass.length);
  return massSum(totals, smoothing, weight) * cost;
}

/** The logit gap between the true class and the others at which a softmax loss is lowest: ln(on/off). ∞ without smoothing. */
export function optimalGap(smoothing: Smoothing): number {
  const { on, off } = valuesOf(smoothing);
  return Math.log(on / off);
}

/** The softmax loss of one row whose true class has this probability, in nats; the others share the rest equally. */
export function lossAtProbability(p: number, smoothing: Smoothing): number {
  const { on } = valuesOf(smoothing);
  const rest = 1 - on;
  const term = (mass: number, probability: number) => (mass > 0 ? -mass * Math.log(probability) : 0);
  return term(on, p) + term(rest, (1 - p) / (smoothing.among - 1));
}
