import { LossError } from '../lossErrors.ts';
import type { LossSpec, Reduction } from '../lossSpec.ts';
import { type Floats, offsetOf } from '../rows/rowLayout.ts';
import type { RowStats } from '../rows/rowStats.ts';
import { largest, logSumFrom } from '../rows/softmax.ts';
import { finish, portion, SLICE, type Work } from '../work.ts';
import { isIgnored } from './accuracy.ts';
import type { CheckedInput } from './checkedInput.ts';

import type { CrossEntropyInput } from './lossInput.ts';
import { MOST_FLOAT32 } from './reduction.ts';

/** What becomes of a number in the type of the logits: ∞ beyond it. Its digits stay those of float64. */
type Hold = (x: number) => number;

const inFloat64: Hold = (x) => x;
const inFloat32: Hold = (x) => (Number.isFinite(Math.fround(x)) ? x : Math.fround(x));

/** The losses of rows, and what they come to. In nats. */
interface OrderedSums {
  /** (rows), 0 where a row is ignored. */
  readonly rows: Float64Array;
  readonly reduced: (reduction: Exclude<Reduction, 'none'>) => number;
}

/**
 * The same loss in the very order of PyTorch's operations, where logits are so large that a sum may overflow, or weights below 0 make
 * the mean's denominator 0: ∞ comes of the same sums as there, in float32 for logits of float32. Undefined where no order makes a
 * difference. Throws LossError where a sum overflows and the order of the loss isn't known.
 */
export function* addInOrder(input: CrossEntropyInput, checked: CheckedInput): Work<OrderedSums | undefined> {
  const { rows, targets, stats, smoothing } = checked;
  const { weight } = input;
  if (input.focal || input.isNormalized) return undefined;
  const [hold, most] =
    rows.values instanceof Float32Array ? [inFloat32, MOST_FLOAT32] : [inFloat64, Number.MAX_VALUE];
  const size = yield* portion(largestFinite(rows.values), 0, 0.1);
  const label = targets.kind === 'soft' ? yield* portion(largestFinite(targets.values), 0.1, 0.2) : 1;
  const scale = Math.max(1, label) * Math.max(1, weight ? finish(largestFinite(weight)) : 1);
  const divisor = Math.min(1, Math.abs(stats.share) || 1);
  // Twice the largest is the most that two logits are apart; another 2 is for what is rounded.
  const overflows = !(((4 * size * scale) / divisor) * rows.values.length < most);
  const cancels = stats.share === 0 && weight?.some((w) => w < 0);
  if (!overflows && !cancels) return undefined;
  if (smoothing.activation === 'sigmoid') {
    if (!Number.isFinite(hold(allCosts(stats)))) throw overflow();
    return undefined;
  }
  const sums = yield* portion(addRowsInOrder(input, checked, hold), 0.2, 1);
  if (input.sums === 'unknown' && sums.overflowed) throw overflow();
  return sums;
}

/** What all classes of all rows cost together, without those that cost ∞ by themselves. */
function allCosts({ hard, uniform, classes }: RowStats): number {
  let sum = 0;
  for (let row = 0; row < hard.length; row++) {
    const cost = Math.max(Math.abs(hard[row]!), Math.abs(uniform[row]!));
    if (Number.isFinite(cost)) sum += classes * cost;
  }
  return sum;
}

function overflow(): LossError {
  return new LossError({ reason: 'overflow', argument: 'logits' });
}

function* largestFinite(values: Floats): Work<number> {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    if (i % SLICE === 0) yield i / values.length;
    const size = Math.abs(values[i]!);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/** LossNLL.cpp: `cross_entropy_loss_label_smoothing` for indices, `cross_entropy_loss_prob_target` for soft targets. */
function* addRowsInOrder(
  input: CrossEntropyInput,
  checked: CheckedInput,
  hold: Hold,
): Work<OrderedSums & { readonly overflowed: boolean }> {
  const { stats, smoothing, targets } = checked;
  const { uniform: u, among } = smoothing;
  const [hard, even] = [new Float64Array(stats.rows), new Float64Array(stats.rows)];
  const rowsInSlice = Math.max(1, Math.floor(SLICE / stats.classes));
  for (let row = 0; row < stats.rows; row++) {
    if (row % rowsInSlice === 0) yield row / stats.rows;
    if (!isIgnored(stats, row)) [hard[row], even[row]] = rowInOrder(input, checked, row, hold);
  }
  const soft = targets.kind === 'soft';
  const mixed = (one: number, other: number) =>
    soft || u === 0 ? one : hold(hold(one * (1 - u)) + hold(other * (u / among)));
  const sum = (values: Float64Array) => values.reduce((a, x) => hold(a + x), 0);
  const [hardSum, evenSum] = [sum(hard), sum(even)];
  const divide = (x: number) => hold(x / stats.share);
  return {
    rows: hard.map((x, row) => mixed(x, even[row]!)),
    reduced: (reduction) =>
      reduction === 'sum' ? mixed(hardSum, evenSum) : mixed(divide(hardSum), divide(evenSum)),
    overflowed: !Number.isFinite(hardSum) || (u !== 0 && !Number.isFinite(evenSum)),
  };
}

/** Σ_k w_k q_k (−ln p_k) with the smoothed q of a soft target and 0; of an index y w_y (−ln p_y) and Σ_k w_k (−ln p_k). */
function rowInOrder(
  { weight }: Pick<LossSpec, 'weight'>,
  { rows: { values, layout }, targets, smoothing, stats }: CheckedInput,
  row: number,
  hold: Hold,
): [number, number] {
  const { classes, inner } = layout;
  const { uniform: u, among, padding } = smoothing;
  const start = offsetOf(layout, row);
  const max = largest(values, start, classes, inner);
  const logSum = logSumFrom(max, values, start, classes, inner);
  const weightOf = (k: number) => (weight ? hold(weight[k]!) : 1);
  let [hard, even] = [0, 0];
  for (let k = 0, i = start; k < classes; k++, i += inner) {
    if (k === padding) continue;
    const nll = -hold(hold(values[i]! - max) - logSum);
    if (targets.kind === 'soft') {
      const q = u === 0 ? targets.values[i]! : targets.values[i]! * (1 - u) + u / among;
      hard = hold(hard + hold(hold(nll * q) * weightOf(k)));
    } else {
      const cost = hold(nll * weightOf(k));
      even = hold(even + cost);
      if (k === stats.target[row]) hard = cost;
    }
  }
  return [hard, even];
}
