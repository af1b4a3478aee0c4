import { CONVENTIONS } from '../conventions/conventions.ts';
import { LossError } from '../lossErrors.ts';
import { awayFromEnds } from '../rows/probabilityCosts.ts';
import { layoutOf, offsetOf } from '../rows/rowLayout.ts';
import { SLICE, type Work } from '../work.ts';
import { checkSize, classAxisOf } from './checkedInput.ts';
import type { CrossEntropyInput } from './lossInput.ts';

/**
 * The same input with ln p in place of probabilities (of sigmoids the logits), marked so that no softmax is applied to it. Throws
 * LossError for what can't be a probability, or its logarithm, and for rows that can't be divided by their sum.
 */
export function* withoutActivation(input: CrossEntropyInput): Work<CrossEntropyInput> {
  const { logits, values = 'logits', convention } = input;
  if (values === 'logits') return input;
  checkSize('logits', logits);
  const { data, shape } = logits;
  const layout = layoutOf(shape, classAxisOf(shape, input.classAxis));
  const { classes, inner } = layout;
  const isSigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  const isLog = values === 'log-probabilities';
  const logs = new Float64Array(data.length);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / Math.max(1, classes)));
  for (let row = 0; row < layout.rows; row++) {
    if (row % rowsInSlice === 0) yield row / layout.rows;
    const start = offsetOf(layout, row);
    const end = start + classes * inner;
    let sum = 0;
    for (let i = start; i < end; i += inner) {
      const found = data[i]!;
      const isPossible = isLog ? found <= 0 : found >= 0 && found <= 1 + ROUNDING;
      if (!isPossible)
        throw new LossError({ reason: 'no-probability', argument: 'logits', row, found, values });
      sum += found;
    }
    const divisor = input.clips && !isSigmoid ? sum : 1;
    if (divisor === 0)
      throw new LossError({ reason: 'no-probability', argument: 'logits', row, found: 0, values });
    for (let i = start; i < end; i += inner) {
      const p = isLog ? Math.exp(data[i]!) : input.clips ? awayFromEnds(data[i]! / divisor) : data[i]!;
      // A sigmoid's logit gives p back, whatever p is; a softmax would divide by the sum.
      logs[i] = isSigmoid ? Math.log(p) - Math.log1p(-p) : isLog ? data[i]! : Math.log(p);
    }
  }
  const { values: _, ...rest } = input;
  return { ...rest, logits: { data: logs, shape }, isNormalized: !isSigmoid };
}

/** What float32 may be above 1. */
const ROUNDING = 1e-6;
