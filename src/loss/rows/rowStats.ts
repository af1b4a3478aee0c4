import { type Smoothing, smoothingOf } from '../conventions/smoothing.ts';
import type { LossSpec } from '../lossSpec.ts';
import { SLICE, type Work } from '../work.ts';
import { Sum } from './pairwiseSum.ts';
import { binaryCost, focalCost } from './probabilityCosts.ts';
import { type Floats, offsetOf, type Rows } from './rowLayout.ts';
import { largest, logSumFrom } from './softmax.ts';
import { ignoredTarget, type Targets } from './targets.ts';

/**
 * What one pass over the logits leaves of each row. A smoothed target is affine in the evenly shared part u (α in most
 * conventions), and the loss is linear in the target, so the loss of row i is `(1 − u)·hard[i] + u·uniform[i]` in every
 * convention: moving α never touches the logits again. All in nats; float64, or float32 within 1e−6 of it for large inputs.
 */
export interface RowStats {
  readonly targets: Targets['kind'];
  readonly rows: number;
  readonly classes: number;
  /** The target's index (for soft targets the most probable class); of an ignored row the ignore index, as `ignoredTarget` has it. */
  readonly target: Int32Array;
  /** argmax of the logits; the first of equals. A NaN is the largest, as in PyTorch. */
  readonly prediction: Int32Array;
  /** p[target], by softmax or sigmoid; NaN where the row is ignored. */
  readonly pTarget: Floats;
  /** p[prediction] */
  readonly pMax: Floats;
  /** The loss at u = 0: Σ_k w_k t_k (−ln p_k); of sigmoids the mean over the classes. 0 where ignored. */
  readonly hard: Floats;
  /** The loss at u = 1: (1/m) Σ_k w_k (−ln p_k). 0 where ignored. */
  readonly uniform: Floats;
  /** The denominator of the mean: what all rows' shares in it add up to. */
  readonly share: number;
}

/** What of a spec a pass over the logits depends on: all but α. */
export type PassSpec = Pick<
  LossSpec,
  'convention' | 'weight' | 'ignoreIndex' | 'denominator' | 'focal' | 'isNormalized'
>;

/** What a row comes to. */
interface RowMeasure {
  readonly pTarget: number;
  readonly pMax: number;
  readonly hard: number;
  readonly uniform: number;
}

/** Something that measures every row. Without targets each row's prediction is its target. */
export type MeasureWork = (rows: Rows, targets: Targets | null, spec: PassSpec) => Work<RowStats>;

/**
 * Measures every row in float64. `rows` and `targets` fit each other, and index targets are in 0…K−1 or the ignore index
 * (`crossEntropy` checks that). Formulas: `cross_entropy_loss_label_smoothing` in PyTorch's LossNLL.cpp; for sigmoids
 * `binary_cross_entropy_with_logits`.
 */
export function* measureRowStats(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
  const { values, layout } = rows;
  const { rows: count, classes, inner } = layout;
  const stats = {
    targets: targets?.kind ?? 'indices',
    rows: count,
    classes,
    target: new Int32Array(count),
    prediction: new Int32Array(count),
    pTarget: new Float64Array(count),
    pMax: new Float64Array(count),
    hard: new Float64Array(count),
    uniform: new Float64Array(count),
  };
  const smoothing = smoothingOf({ ...spec, labelSmoothing: 0 }, classes);
  const measure = smoothing.activation === 'sigmoid' ? sigmoidRow : softmaxRow;
  const soft = targets?.kind === 'soft' ? targets.values : null;
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let row = 0; row < count; row++) {
    if (row % rowsInSlice === 0) yield row / count;
    const start = offsetOf(layout, row);
    const prediction = argmax(values, start, classes, inner);
    const target = soft ? argmax(soft, start, classes, inner) : targets ? targets.values[row]! : prediction;
    stats.prediction[row] = prediction;
    stats.target[row] = target;
    const ignored = isIgnoredTarget(target, stats.targets, spec);
    // A row that counts nothing still has a prediction.
    const measured = measure(rows, start, ignored ? prediction : target, prediction, soft, spec, smoothing);
    stats.pMax[row] = measured.pMax;
    stats.pTarget[row] = ignored ? Number.NaN : measured.pTarget;
    stats.hard[row] = ignored ? 0 : measured.hard;
    stats.uniform[row] = ignored ? 0 : measured.uniform;
  }
  return { ...stats, share: shareOfRows(stats.target, stats.targets, spec) };
}

/** The same numbers in memory of their own. */
export function copied(stats: RowStats): RowStats {
  const { target, prediction, pTarget, pMax, hard, uniform } = stats;
  const [ownTarget, ownPrediction] = [target.slice(), prediction.slice()];
  const floats = {
    pTarget: pTarget.slice(),
    pMax: pMax.slice(),
    hard: hard.slice(),
    uniform: uniform.slice(),
  };
  return { ...stats, ...floats, target: ownTarget, prediction: ownPrediction };
}

/** True for the target of a row that counts nothing. A soft target is never ignored. */
export function isIgnoredTarget(
  target: number,
  kind: Targets['kind'],
  { ignoreIndex }: Pick<PassSpec, 'ignoreIndex'>,
): boolean {
  return kind === 'indices' && target === ignoredTarget(ignoreIndex);
}

/** The denominator of the mean: what all rows add to it. */
export function shareOfRows(
  target: Int32Array,
  kind: Targets['kind'],
  { denominator, weight, ignoreIndex }: PassSpec,
): number {
  const soft = kind === 'soft';
  const ignoring = !soft && ignoreIndex !== null;
  const ignored = ignoredTarget(ignoreIndex);
  if (denominator === 'rows') return target.length;
  if (denominator === 'counted' || soft || !weight) {
    if (!ignoring || denominator === 'all-weights') return target.length;
    let counted = 0;
    // An iterator takes several times as long.
    for (let row = 0; row < target.length; row++) if (target[row] !== ignored) counted++;
    return counted;
  }
  const share = new Sum();
  for (const index of target)
    if (!ignoring || index !== ignored || denominator === 'all-weights') share.add(weight[index] ?? 1);
  return share.value;
}

function softmaxRow(
  { values, layout: { classes, inner } }: Rows,
  start: number,
  target: number,
  prediction: number,
  soft: ArrayLike<number> | null,
  { weight, focal, isNormalized }: PassSpec,
  { among, padding }: Smoothing,
): RowMeasure {
  const max = largest(values, start, classes, inner);
  // Of ln p the sum of all p is 1 by what they are, whatever it is by rounding.
  const logSum = isNormalized ? -max : logSumFrom(max, values, start, classes, inner);
  let [sum, hard] = [0, 0];
  for (let k = 0, i = start; k < classes; k++, i += inner) {
    if (k === padding) continue;
    const nll = logSum - (values[i]! - max);
    const cost = (weight ? weight[k]! : 1) * (focal ? focalCost(nll, focal) : nll);
    sum += cost;
    if (soft) hard += soft[i]! * cost;
    else if (k === target) hard = cost;
  }
  // 0·∞ of a target is ∞ once it's smoothed (`mix`). A target that is NaN or infinite itself makes no sense beside a −∞ logit.
  if (soft && sum === Number.POSITIVE_INFINITY && !isFiniteRow(soft, start, classes, inner)) sum = Number.NaN;
  const probability = (k: number) => Math.exp(values[start + k * inner]! - max - logSum);
  return { pTarget: probability(target), pMax: probability(prediction), hard, uniform: sum / among };
}

function isFiniteRow(values: ArrayLike<number>, start: number, classes: number, stride: number): boolean {
  for (let k = 0, i = start; k < classes; k++, i += stride) if (!Number.isFinite(values[i]!)) return false;
  return true;
}

function sigmoidRow(
  { values, layout: { classes, inner } }: Rows,
  start: number,
  target: number,
  prediction: number,
  soft: ArrayLike<number> | null,
  { weight }: PassSpec,
  { among }: Smoothing,
): RowMeasure {
  let [uniform, hard] = [0, 0];
  for (let k = 0, i = start; k < classes; k++, i += inner) {
    const logit = values[i]!;
    const w = (weight ? weight[k]! : 1) / classes;
    hard += w * binaryCost(logit, soft ? soft[i]! : k === target ? 1 : 0);
    uniform += w * binaryCost(logit, 1 / among);
  }
  const probability = (k: number) => Math.exp(-binaryCost(values[start + k * inner]!, 1));
  return { pTarget: probability(target), pMax: probability(prediction), hard, uniform };
}

/** The index of the largest of one row; the first of equals, NaN the largest of all. */
export function argmax(values: ArrayLike<number>, start: number, classes: number, stride: number): number {
  let best = 0;
  let max = values[start]!;
  for (let k = 1, i = start + stride; k < classes && !Number.isNaN(max); k++, i += stride) {
    const value = values[i]!;
    if (value > max || Number.isNaN(value)) {
      best = k;
      max = value;
    }
  }
  return best;
}
