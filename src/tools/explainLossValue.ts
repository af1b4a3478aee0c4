import * as v from 'valibot';
import { CONVENTIONS } from '../loss/conventions/conventions.ts';
import {
  consistentChanges,
  type LossChange,
  READABLE_CONVENTIONS,
  readSeen,
} from '../loss/theory/lossChanges.ts';
import { LOSS_UNITS, toNats } from '../loss/theory/lossUnits.ts';
import { specFiguresOf } from '../loss/theory/specFigures.ts';
import { digits } from './answerText.ts';
import { conventionCalled, conventionText } from './calledLoss.ts';
import { type ToolAnswer, ToolError } from './tool.ts';
import { ALPHA, CLASSES, inputOf, NAMED_LOSS, toolOf } from './toolInput.ts';

const INPUT = inputOf({
  value: v.pipe(
    v.number('expected the loss, a number.'),
    v.description('the loss that was seen, per row (reduction "mean")'),
  ),
  alpha: ALPHA,
  classes: CLASSES,
  unit: v.optional(
    v.pipe(
      v.picklist(LOSS_UNITS, 'expected "nats", "bits" or "log10".'),
      v.description('what the loss is in; default "nats", as frameworks have it'),
    ),
  ),
  loss: v.optional(NAMED_LOSS),
});

/** What a loss stands for: how far it is above its floor, and which p it means. */
export const EXPLAIN_LOSS_VALUE = toolOf({
  name: 'explain_loss_value',
  description:
    'Explains a loss value that someone saw, with label smoothing or without: from the loss, α, K and unit to its floor, the excess over it, the p of the true class that it stands for, whether it’s worse than guessing, and, if it’s impossible, what would explain it (another unit, α, K or convention). Use it for questions such as “is 0.61 good for α = 0.1 and 10 classes?” or “why doesn’t my loss go below 0.5?”. Not without such a value, nor for logits or targets (compute_smoothed_loss).',
  schema: INPUT,
  run: async (input) => explained(input),
});

function explained({
  value,
  alpha,
  classes,
  unit = 'nats',
  loss = 'torch.nn.CrossEntropyLoss',
}: v.InferOutput<typeof INPUT>): ToolAnswer {
  const convention = conventionCalled(loss);
  if (!(alpha >= 0 && alpha < 1))
    throw new ToolError(`alpha: expected a number from 0 to below 1. It was ${alpha}.`);
  if (!READABLE_CONVENTIONS.includes(convention))
    throw new ToolError(
      `A loss of ${loss} doesn’t stand for one p: each of its sigmoids has another target. Use compute_smoothed_loss with logits.`,
    );
  if (classes < (CONVENTIONS[convention].padded ? 3 : 2))
    throw new ToolError('classes: expected at least 2, and 3 where one is padding.');
  const seen = { loss: value, unit, convention, labelSmoothing: alpha, classes, form: 'ce' as const };
  const { floor, guessing, on, off } = specFiguresOf(convention, alpha, classes, 'ce');
  const nats = toNats(value, unit);
  const facts = [
    `Floor, where p equals the targets: ${digits(floor)} nats. A model that finds all classes equally likely has ${digits(guessing)} nats.`,
    `Targets at α = ${digits(alpha)}, K = ${classes}: ${digits(on)} for the true class, ${digits(off)} for every other class (${conventionText(convention)}).`,
  ];
  const reading = readSeen(seen);
  const said = unit === 'nats' ? `${digits(value)} nats` : `${digits(value)} ${unit} = ${digits(nats)} nats`;
  if ('impossible' in reading) {
    const why =
      reading.impossible === 'below-floor'
        ? `it’s below the floor by ${digits(floor - nats)} nats`
        : 'it’s no number';
    const changes = consistentChanges(seen).map((change) => `- ${changeText(change)}`);
    return {
      lines: [
        `A loss of ${said} is impossible with these settings: ${why}.`,
        ...facts,
        ...(changes.length > 0 ? ['One of these would explain it:'] : []),
      ],
      details: changes,
    };
  }
  const { unsure, oversure } = reading;
  const isWorse = nats > guessing;
  return {
    lines: [
      `A loss of ${said} is ${digits(nats - floor)} nats above its floor.`,
      ...facts,
      `If every row had this loss, and the other classes shared the rest equally, p of the true class would be ${digits(unsure.p)} (its logit ${digits(unsure.gap)} above the others).`,
      ...(oversure
        ? [
            `Or, past the optimum, over-confident: p ${nearly(oversure.p)} (logit ${digits(oversure.gap)} above). The loss alone doesn’t tell which.`,
          ]
        : []),
      ...(isWorse
        ? [
            'It’s above that of guessing: many rows are confidently wrong, the model hasn’t learnt yet, or the loss is a sum over rows or has weights.',
          ]
        : []),
      'It says nothing about accuracy; compare models by the excess over the floor or by accuracy, never losses at different α.',
    ],
  };
}

/** A probability that is rounded to 1 isn’t 1. */
function nearly(p: number): string {
  return digits(p) === '1' ? 'above 0.9999999' : `= ${digits(p)}`;
}

function changeText({ of, to }: LossChange): string {
  switch (of) {
    case 'unit':
      return `it’s in ${to}`;
    case 'convention':
      return `α means something else: ${conventionText(to)}`;
    case 'labelSmoothing':
      return `α is ${digits(to)} at most`;
    case 'classes':
      return `K is ${to} at most`;
    case 'form':
      return to === 'ce' ? 'it’s a cross-entropy' : 'it’s a KL divergence, whose floor is 0';
  }
}
