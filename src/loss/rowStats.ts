import { binaryCost, focalCost } from './costs.ts';
import { offsetOf, type Rows } from './layout.ts';
import { type Smoothing, smoothingOf } from './smoothing.ts';
import { largest, logSumFrom } from './softmax.ts';
import type { LossSpec } from './spec.ts';
import type { Targets } from './targets.ts';
import { SLICE, type Work } from './work.ts';

/**
 * What one pass over the logits leaves of each row. A smoothed target is affine in the evenly shared part u (α in most
 * conventions), and the loss is linear in the target, so the loss of row i is `(1 − u)·hard[i] + u·uniform[i]` in every
 * convention: moving α never touches the logits again. All in nats, float64.
 */
export interface RowStats {
  readonly targets: Targets['kind'];
  readonly rows: number;
  readonly classes: number;
  /** The target's index (for soft targets the most probable class); as given, so an ignored row keeps the ignore index. */
  readonly target: Int32Array;
  /** argmax of the logits; the first of equals. A NaN is the largest, as in PyTorch. */
  readonly prediction: Int32Array;
  /** p[target], by softmax or sigmoid; NaN where the row is ignored. */
  readonly pTarget: Float64Array;
  /** The loss at u = 0: Σ_k w_k t_k (−ln p_k); of sigmoids the mean over the classes. 0 where ignored. */
  readonly hard: Float64Array;
  /** The loss at u = 1: (1/m) Σ_k w_k (−ln p_k). 0 where ignored. */
  readonly uniform: Float64Array;
  /** The row's share of the denominator of the mean. */
  readonly share: Float64Array;
}

/** What of a spec a pass over the logits depends on: all but α. */
export type PassSpec = Pick<LossSpec, 'convention' | 'weight' | 'ignoreIndex' | 'denominator' | 'focal'>;

/** What a row comes to. */
interface RowMeasure {
  readonly pTarget: number;
  readonly hard: number;
  readonly uniform: number;
}

/**
 * Measures every row. `rows` and `targets` fit each other, and index targets are in 0…K−1 or the ignore index
 * (`crossEntropy` checks that). Formulas: `cross_entropy_loss_label_smoothing` in PyTorch's LossNLL.cpp; for sigmoids
 * `binary_cross_entropy_with_logits`.
 */
export function* rowStatsWork(rows: Rows, targets: Targets, spec: PassSpec): Work<RowStats> {
  const { values, layout } = rows;
  const { rows: count, classes, inner } = layout;
  const stats = {
    targets: targets.kind,
    rows: count,
    classes,
    target: new Int32Array(count),
    prediction: new Int32Array(count),
    pTarget: new Float64Array(count),
    hard: new Float64Array(count),
    uniform: new Float64Array(count),
    share: new Float64Array(count),
  };
  const smoothing = smoothingOf({ ...spec, labelSmoothing: 0 }, classes);
  const measure = smoothing.activation === 'sigmoid' ? sigmoidRow : softmaxRow;
  const soft = targets.kind === 'soft';
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let row = 0; row < count; row++) {
    if (row % rowsInSlice === 0) yield row / count;
    const start = offsetOf(layout, row);
    stats.prediction[row] = argmax(values, start, classes, inner);
    const target = soft ? argmax(targets.values, start, classes, inner) : targets.values[row]!;
    stats.target[row] = target;
    const ignored = !soft && target === spec.ignoreIndex;
    stats.share[row] = shareOf(spec, soft ? null : target, ignored);
    if (ignored) {
      stats.pTarget[row] = Number.NaN;
      continue;
    }
    const { pTarget, hard, uniform } = measure(
      rows,
      start,
      target,
      soft ? targets.values : null,
      spec,
      smoothing,
    );
    stats.pTarget[row] = pTarget;
    stats.hard[row] = hard;
    stats.uniform[row] = uniform;
  }
  return stats;
}

/** What a row adds to the denominator of the mean. `target` is null for soft targets. */
function shareOf({ denominator, weight }: PassSpec, target: number | null, ignored: boolean): number {
  const ofTarget = target === null ? 1 : (weight?.[target] ?? 1);
  switch (denominator) {
    case 'rows':
      return 1;
    case 'counted':
      return ignored ? 0 : 1;
    case 'weight':
      return ignored ? 0 : ofTarget;
    case 'all-weights':
      return ofTarget;
  }
}

function softmaxRow(
  { values, layout: { classes, inner } }: Rows,
  start: number,
  target: number,
  soft: ArrayLike<number> | null,
  { weight, focal }: PassSpec,
  { among, padding }: Smoothing,
): RowMeasure {
  const max = largest(values, start, classes, inner);
  const logSum = logSumFrom(max, values, start, classes, inner);
  let [sum, hard] = [0, 0];
  for (let k = 0, i = start; k < classes; k++, i += inner) {
    if (k === padding) continue;
    const nll = logSum - (values[i]! - max);
    const cost = (weight ? weight[k]! : 1) * (focal ? focalCost(nll, focal) : nll);
    sum += cost;
    if (soft) hard += soft[i]! * cost;
    else if (k === target) hard = cost;
  }
  const pTarget = Math.exp(values[start + target * inner]! - max - logSum);
  return { pTarget, hard, uniform: sum / among };
}

function sigmoidRow(
  { values, layout: { classes, inner } }: Rows,
  start: number,
  target: number,
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
  return { pTarget: Math.exp(-binaryCost(values[start + target * inner]!, 1)), hard, uniform };
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
