import type { TrainingPlan } from './trainingPlan.ts';

/**
 * What training on tfjs' WASM backend costs on one thread of a server of 2026: an AMD EPYC, family 26. Measured with plans of 4 to 72
 * networks, from iris to 256 features; they are within a third of that.
 */
const MS_A_STEP = 0.7;
const MS_A_MILLION_PRODUCTS = 0.29;
const MS_A_MILLION_INPUTS = 15;
/** Products alone, without gradients, and the exponentials of what's measured. */
const MS_A_MILLION_PRODUCTS_MEASURED = 0.14;
const MS_A_MILLION_LOGITS_MEASURED = 60;

/** About how long one row takes one network once, forward and back, in milliseconds; `widths` are those of its layers, inputs first. */
export function millisecondsARow(widths: readonly number[]): number {
  // Gradients of weights and of activations are as many products again, each.
  return (3 * productsOf(widths) * MS_A_MILLION_PRODUCTS + widths[0]! * MS_A_MILLION_INPUTS) / 1e6;
}

function productsOf(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
}

/**
 * About how long a plan takes, in milliseconds, before anything is known of the machine: to be said with an “about”, until `msLeft` of
 * TrainingProgress tells what it really takes. Without WASM it's twenty times as long.
 */
export function roughMilliseconds(plan: TrainingPlan): number {
  const { inputs, hidden, outputs, networks, splits, epochs, batchSize, marks } = plan;
  const widths = [inputs, ...hidden, outputs];
  const rows = splits[0]!.train.labels.length;
  const steps = epochs * Math.ceil(rows / batchSize);
  const training = epochs * rows * networks.length * millisecondsARow(widths);
  const measuredRows = networks.reduce((sum, { split }) => {
    const { train, validation, test } = splits[split]!;
    return sum + train.labels.length + validation.labels.length + test.labels.length;
  }, 0);
  const aRow = productsOf(widths) * MS_A_MILLION_PRODUCTS_MEASURED + outputs * MS_A_MILLION_LOGITS_MEASURED;
  return steps * MS_A_STEP + training + ((marks.length + 1) * measuredRows * aRow) / 1e6;
}
