import { offsetOf, type Rows } from './layout.ts';
import { largest, logSumFrom } from './softmax.ts';
import type { LossSpec } from './spec.ts';
import type { Targets } from './targets.ts';
import { SLICE, type Work } from './work.ts';

/**
 * What one pass over the logits leaves of each row. The loss of row i is then affine in α,
 * `(1 − α)·hard[i] + α·uniform[i]`, so moving α never touches the logits again. All in nats, float64.
 */
export interface RowStats {
  readonly targets: Targets['kind'];
  readonly rows: number;
  readonly classes: number;
  /** The target's index (for soft targets the most probable class); as given, so an ignored row keeps the ignore index. */
  readonly target: Int32Array;
  /** argmax of the logits; the first of equals. A NaN is the largest, as in PyTorch. */
  readonly prediction: Int32Array;
  /** softmax(logits)[target]; NaN where the row is ignored. */
  readonly pTarget: Float64Array;
  /** Σ_k w_k t_k (−ln p_k): the loss at α = 0. 0 where ignored. */
  readonly hard: Float64Array;
  /** (1/K) Σ_k w_k (−ln p_k): the loss at α = 1. 0 where ignored. */
  readonly uniform: Float64Array;
  /** The row's share of the denominator of the mean: w_target (1 for soft targets, 0 where ignored). */
  readonly share: Float64Array;
}

/**
 * Measures every row. `rows` and `targets` fit each other, and index targets are in 0…K−1 or the ignore index
 * (`crossEntropy` checks that). Formulas: `cross_entropy_loss_label_smoothing` in PyTorch's LossNLL.cpp.
 */
export function* rowStatsWork(
  rows: Rows,
  targets: Targets,
  { weight, ignoreIndex }: Pick<LossSpec, 'weight' | 'ignoreIndex'>,
): Work<RowStats> {
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
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let row = 0; row < count; row++) {
    if (row % rowsInSlice === 0) yield row / count;
    const start = offsetOf(layout, row);
    stats.prediction[row] = argmax(values, start, classes, inner);
    const soft = targets.kind === 'soft';
    const target = soft ? argmax(targets.values, start, classes, inner) : targets.values[row]!;
    stats.target[row] = target;
    if (!soft && target === ignoreIndex) {
      stats.pTarget[row] = Number.NaN;
      continue;
    }
    const max = largest(values, start, classes, inner);
    const logSum = logSumFrom(max, values, start, classes, inner);
    let sum = 0;
    let softSum = 0;
    for (let k = 0, i = start; k < classes; k++, i += inner) {
      const nll = (weight ? weight[k]! : 1) * (logSum - (values[i]! - max));
      sum += nll;
      if (soft) softSum += targets.values[i]! * nll;
    }
    const nll = logSum - (values[start + target * inner]! - max);
    stats.pTarget[row] = Math.exp(-nll);
    stats.uniform[row] = sum / classes;
    stats.hard[row] = soft ? softSum : (weight ? weight[target]! : 1) * nll;
    stats.share[row] = soft ? 1 : weight ? weight[target]! : 1;
  }
  return stats;
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
