import { CONVENTIONS, type ConventionName, smoothedValues } from './conventions.ts';
import { softmaxCosts, softplus } from './costs.ts';

/**
 * All that a loss needs to know of the logits, for any α: loss = hard + (on − off − 1)·kept + off·spread. A smoothed target
 * is affine in the label, and the loss is linear in the target; so these add up over rows. Nats.
 */
export interface LossSums {
  /** The loss without smoothing. */
  readonly hard: number;
  /** What each unit that labels of 1 lose takes with it. */
  readonly kept: number;
  /** What each unit of `off` that every class gets costs. */
  readonly spread: number;
}

export const NO_SUMS: LossSums = { hard: 0, kept: 0, spread: 0 };

/**
 * Sums of one row in a softmax convention, from the cost of each class (−ln p_k, or a focal cost). With class weights every
 * cost is w_k·cost_k, as in PyTorch, Liger, Burn and Scenic. A padding class takes no part; a row whose target it is has no loss.
 */
export function softmaxSums(
  costs: Float64Array,
  target: Float64Array,
  weight: Float64Array | null = null,
  padding: number | null = null,
): LossSums {
  if (padding !== null && target[padding] === 1) return NO_SUMS;
  let hard = 0;
  let spread = 0;
  for (let k = 0; k < costs.length; k++) {
    if (k === padding) continue;
    const cost = weight ? weight[k]! * costs[k]! : costs[k]!;
    // What a label of 0 costs is nothing, even where the cost is infinite.
    if (target[k] !== 0) hard += target[k]! * cost;
    spread += cost;
  }
  return { hard, kept: hard, spread };
}

/**
 * Sums of one row in a sigmoid convention, over its classes: Σ softplus(z) − q·z. The unsmoothed loss is taken from
 * softplus(∓z), as the difference of two large numbers would have no digits left.
 */
export function sigmoidSums(logits: Float64Array, target: Float64Array): LossSums {
  let hard = 0;
  let labelled = 0;
  let all = 0;
  for (let k = 0; k < logits.length; k++) {
    const z = logits[k]!;
    const t = target[k]!;
    hard += (1 - t) * softplus(z) + t * softplus(-z);
    labelled += t * z;
    all += z;
  }
  return { hard, kept: -labelled, spread: -all };
}

export function sumsOf(name: ConventionName, logits: Float64Array, target: Float64Array): LossSums {
  return CONVENTIONS[name].activation === 'sigmoid'
    ? sigmoidSums(logits, target)
    : softmaxSums(softmaxCosts(logits), target);
}

export function addSums(a: LossSums, b: LossSums): LossSums {
  return { hard: a.hard + b.hard, kept: a.kept + b.kept, spread: a.spread + b.spread };
}

/** The loss at α of what the sums are of, in nats. A handful of multiplications, however many logits there were. */
export function lossAt(sums: LossSums, name: ConventionName, alpha: number, classes: number): number {
  const { on, off } = smoothedValues(name, alpha, classes);
  const given = 1 - (on - off);
  return sums.hard - (given === 0 ? 0 : given * sums.kept) + (off === 0 ? 0 : off * sums.spread);
}
