import * as v from 'valibot';
import { specOf } from '../frameworks/specOf.ts';
import { GIVEN_VALUES } from '../loss/batch/lossInput.ts';
import { CONVENTION_NAMES } from '../loss/conventions/conventions.ts';
import { LOSS_REDUCTIONS } from '../loss/lossSpec.ts';
import { counted, digits, numberList, share } from './answerText.ts';
import { apiCalled, conventionCalled, conventionText } from './calledLoss.ts';
import { type AskedLoss, type ToolAnswer, ToolError, type ToolWorld } from './tool.ts';
import { ALL, ALPHA, CLASSES, inputOf, NAMED_LOSS, toolOf } from './toolInput.ts';

const NUMBERS = v.array(v.number('expected a number.'), 'expected an array of numbers.');
const INPUT = inputOf({
  alpha: v.optional(ALPHA),
  loss: v.optional(NAMED_LOSS),
  logits: v.optional(
    v.pipe(
      v.union([NUMBERS, v.array(NUMBERS)], 'expected rows of numbers, one for each class.'),
      v.description('(K) or (N, K) numbers; with "targets"'),
    ),
  ),
  targets: v.optional(
    v.pipe(
      v.union([v.number(), NUMBERS, v.array(NUMBERS)], 'expected class indices, or rows of probabilities.'),
      v.description('the true classes from 0: one index for each row; or probabilities, (N, K)'),
    ),
  ),
  values: v.optional(
    v.pipe(
      v.picklist(GIVEN_VALUES, 'expected "logits", "log-probabilities" or "probabilities".'),
      v.description('what "logits" holds; default "logits"'),
    ),
  ),
  classes: v.optional(CLASSES),
  p: v.optional(
    v.pipe(
      v.number('expected a probability.'),
      v.minValue(0, 'expected a probability from 0 to 1.'),
      v.maxValue(1, 'expected a probability from 0 to 1.'),
      v.description(
        'instead of logits, with "classes": the predicted probability of the true class; the other classes share the rest equally; without it: that of a guess, 1/K',
      ),
    ),
  ),
  weight: v.optional(v.pipe(NUMBERS, v.description('class weights, (K)'))),
  ignoreIndex: v.optional(
    v.pipe(
      v.number('expected a class index.'),
      v.integer('expected a class index.'),
      v.description('targets that don’t count, or the padding class'),
    ),
  ),
  reduction: v.optional(
    v.pipe(
      v.picklist(LOSS_REDUCTIONS, 'expected "mean", "sum" or "none".'),
      v.description('default: the loss’s own'),
    ),
  ),
  all: v.optional(ALL),
});
type Input = v.InferOutput<typeof INPUT>;

/** With this many classes a row is written out only for logits. */
const MOST_CLASSES = 200_000;

/** A difference as small as this is what rounding leaves, in nats. */
const ROUNDING = 1e-12;

/** The loss of logits and targets, or of a predicted probability, with all that it's made of. */
export const COMPUTE_SMOOTHED_LOSS = toolOf({
  name: 'compute_smoothed_loss',
  description:
    'Computes the cross-entropy loss with label smoothing exactly, in nats, as a named framework would: from logits and targets, or from K, α and the predicted probability p of the true class; from K and α alone, how low the loss can go. Returns the loss, its lowest possible value (floor), the excess over it, and the smoothed targets. Use it whenever a question needs such a number: never estimate or compute it yourself. Not for a loss value that was only seen (explain_loss_value), nor for logits in files (summarise_logits).',
  schema: INPUT,
  run: async (input, world) => answerOf(input, askedLoss(input), world),
});

/** Which loss is meant: an API by its id, or a convention. */
export function lossNamed(name: string | undefined): Pick<AskedLoss, 'api' | 'convention'> {
  if (name === undefined) return {};
  const convention = CONVENTION_NAMES.find((each) => each === name);
  return convention ? { convention } : { api: apiCalled(name).id };
}

function askedLoss({ logits, targets, p, classes, alpha, loss, all: _, ...given }: Input): AskedLoss {
  const named = {
    ...lossNamed(loss),
    ...(alpha !== undefined && { labelSmoothing: alpha }),
    ...withoutUndefined(given),
  };
  if (logits !== undefined) {
    if (p !== undefined) throw new ToolError('Give either "logits" or "p", not both.');
    if (targets === undefined)
      throw new ToolError('"logits" need "targets": the index of the true class of each row, from 0.');
    const rows = Array.isArray(logits[0]) ? (logits as number[][]).length : null;
    const single = rows === null && Array.isArray(targets) && targets.length === 1 && logits.length > 1;
    return { ...named, logits, targets: single ? (targets as number[])[0]! : targets };
  }
  if (classes === undefined)
    throw new ToolError(
      'Give "logits" and "targets"; or "classes" (K) and, for its loss, "p", the probability of the true class.',
    );
  if (targets !== undefined) throw new ToolError('"targets" need "logits".');
  if (given.weight !== undefined)
    throw new ToolError(
      '"weight" needs "logits" and "targets": the loss depends on which class is the true one.',
    );
  if (classes < 2) throw new ToolError('classes: a single class always has probability 1. Give at least 2.');
  if (classes > MOST_CLASSES)
    throw new ToolError(`classes: expected at most ${MOST_CLASSES} without "logits".`);
  const row = new Float64Array(classes).fill(-Math.log(classes));
  // A target that is ignored, or padding, isn't what is asked about.
  const truth = given.ignoreIndex === 0 ? 1 : 0;
  if (p !== undefined) {
    row.fill(Math.log1p(-p) - Math.log(classes - 1));
    row[truth] = Math.log(p);
  }
  return {
    ...named,
    values: 'log-probabilities',
    logits: { data: row, shape: [1, classes] },
    targets: { data: Int32Array.of(truth), shape: [1] },
  };
}

function withoutUndefined<T extends object>(given: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

/** What becomes of the rows' losses: as asked for, or as the loss does. */
function reductionOf({ logits: _, targets: __, values: ___, weight: ____, ...named }: AskedLoss): string {
  return specOf(named).reduction;
}

async function answerOf(
  { loss: name, alpha, classes, p, logits, all }: Input,
  asked: AskedLoss,
  world: ToolWorld,
): Promise<ToolAnswer> {
  const { loss, rows, floor, excess, accuracy, onValue, offValue } = await world.computeLoss(asked);
  const reduction = typeof loss === 'number' ? reductionOf(asked) : 'none';
  const subject = logits
    ? counted(rows.length, 'row')
    : p === undefined
      ? `of a model that finds all ${classes} classes equally likely`
      : `p(true) = ${digits(p)}, K = ${classes}`;
  const named = lossNamed(name);
  const convention = named.convention
    ? conventionCalled(named.convention)
    : apiCalled(name ?? 'torch.nn.CrossEntropyLoss').conventions[0];
  const lines = [
    typeof loss === 'number'
      ? `Loss: ${digits(loss)} nats (${subject}, reduction "${reduction}").`
      : `Losses: ${counted(rows.length, 'row')}, in nats, below.`,
    Number.isNaN(floor)
      ? 'The lowest possible loss isn’t known for this loss with class weights or soft targets.'
      : `Lowest possible loss (floor): ${digits(floor)} nats; excess over it: ${digits(Math.abs(excess) < ROUNDING ? 0 : excess)} nats.`,
    `Smoothed targets: ${digits(onValue)} for the true class, ${digits(offValue)} for every other class.`,
    `α = ${alpha === undefined ? 'the default of the loss' : digits(alpha)}; ${name ?? 'torch.nn.CrossEntropyLoss'}${convention ? `; ${conventionText(convention)}` : ''}.`,
    'Formula: the loss of a row is −Σ target · ln p over the classes (for a sigmoid, the mean of the binary losses).',
    ...(loss === Number.POSITIVE_INFINITY
      ? ['It’s infinite because a class whose target is above 0 has probability 0.']
      : []),
    ...(logits ? [`Accuracy: ${share(accuracy)}.`] : []),
  ];
  const isOne = rows.length === 1 && typeof loss === 'number';
  const details = isOne
    ? []
    : [`Loss of each row: ${numberList(rows.subarray(0, 50))}${rows.length > 50 ? ' …' : ''}`];
  if (!all || rows.length <= 50) return { lines, details };
  return { lines, details: [`Loss of each row: ${numberList(rows)}`], all };
}
