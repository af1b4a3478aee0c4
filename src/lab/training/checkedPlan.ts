import type { SplitRows } from './labelledRows.ts';
import type { PlanProblem } from './trainer.ts';
import type { TrainingPlan } from './trainingPlan.ts';

/** Hidden layers that can be planned: more is another experiment. */
export const MOST_HIDDEN = 3;
/** Bytes of a plan's features, weights and the optimizer's memory together. */
export const MOST_BYTES = 1 << 30;

/** What keeps a plan from being carried out, or null. */
export function planProblem(plan: TrainingPlan): PlanProblem | null {
  const { networks, splits, hidden, optimizer, weightDecay, batchSize, epochs } = plan;
  if (networks.length === 0) return { reason: 'no-networks' };
  if (hidden.length > MOST_HIDDEN) return { reason: 'layers', found: hidden.length };
  const sizes = [plan.inputs, ...hidden, plan.outputs, batchSize, epochs];
  const rates = [optimizer.learningRate, weightDecay, ...networks.map(({ loss }) => loss.temperature)];
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) return { reason: 'not-a-number' };
  if (!rates.every((rate) => Number.isFinite(rate) && rate >= 0)) return { reason: 'not-a-number' };
  if (splits.some(({ train }) => train.labels.length === 0)) return { reason: 'no-rows' };
  if (new Set(splits.map(({ train }) => train.labels.length)).size > 1) return { reason: 'rows-differ' };
  if (networks.some(({ split }) => splits[split] === undefined)) return { reason: 'no-rows' };
  const bytes = bytesOf(plan);
  if (bytes > MOST_BYTES) return { reason: 'too-large', bytes, most: MOST_BYTES };
  for (const [index, split] of splits.entries()) {
    const problem = splitProblem(split, index, plan);
    if (problem) return problem;
  }
  return null;
}

function splitProblem(
  { train, validation, test }: SplitRows,
  split: number,
  { inputs, outputs }: TrainingPlan,
): PlanProblem | null {
  for (const { features, labels } of [train, validation, test]) {
    if (features.length !== labels.length * inputs) return { reason: 'rows-differ' };
    const row = labels.findIndex((label) => label < 0 || label >= outputs);
    if (row !== -1) return { reason: 'label', split, row };
    const at = features.findIndex((value) => !Number.isFinite(value));
    if (at !== -1) return { reason: 'not-finite', split, row: Math.floor(at / inputs), column: at % inputs };
  }
  return null;
}

/** Weights count four times: with their gradient and the optimizer's two means. */
function bytesOf({ inputs, hidden, outputs, networks, splits }: TrainingPlan): number {
  const widths = [inputs, ...hidden, outputs];
  const weights = widths.slice(1).reduce((sum, width, i) => sum + (widths[i]! + 1) * width, 0);
  const numbersOf = ({ train, validation, test }: SplitRows) =>
    train.features.length + validation.features.length + test.features.length;
  const features = splits.reduce((sum, split) => sum + numbersOf(split), 0);
  return 4 * (4 * networks.length * weights + features);
}
