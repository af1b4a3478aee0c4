import * as v from 'valibot';
import { clippedCode } from '../words/clipped.ts';
import { sizesOf } from '../words/shapeText.ts';
import { counted, digits, share } from './answerText.ts';
import { lossNamed } from './computeSmoothedLoss.ts';
import { type AnsweredRead, type AskedLoss, type ToolAnswer, ToolError, type ToolWorld } from './tool.ts';
import { ALL, ALPHA, inputOf, NAMED_LOSS, PATH, toolOf } from './toolInput.ts';

const INPUT = inputOf({
  path: v.optional(
    v.pipe(
      PATH,
      v.description(
        'absolute path of a file with logits: JSON, CSV, text, .npy, .npz, .safetensors, .ipynb …; in VS Code, without it: what the cells of the active notebook show',
      ),
    ),
  ),
  array: v.optional(
    v.pipe(
      v.string('expected a name.'),
      v.description('the name of the logits, where there are several arrays'),
    ),
  ),
  targets: v.optional(
    v.pipe(
      v.string('expected a name.'),
      v.description('the name of their targets, where there are several; "" for none'),
    ),
  ),
  alpha: v.optional(ALPHA),
  loss: v.optional(NAMED_LOSS),
  all: v.optional(ALL),
});

/** What a file or the cells of a notebook hold: shape, kind, targets, accuracy, and the loss with and without smoothing. */
export const SUMMARISE_LOGITS = toolOf({
  name: 'summarise_logits',
  description:
    'Summarises logits that are in a file (JSON, CSV, printed tensors, .npy, .npz, .safetensors, .pt …) or in the outputs of a notebook’s cells (.ipynb): shape, kind, classes, targets, accuracy, and the loss with and without label smoothing with its floor. Use it instead of reading such a file yourself. Not for numbers in the conversation (compute_smoothed_loss), nor for code (find_loss_configurations).',
  schema: INPUT,
  reads: ({ path }) => path ?? null,
  run: async ({ path, alpha, loss, array, targets, all }, world) => {
    const arrays = { ...(array !== undefined && { array }), ...(targets !== undefined && { targets }) };
    const asked = { ...lossNamed(loss), ...(alpha !== undefined && { labelSmoothing: alpha }) };
    if (path !== undefined && !NOTEBOOK.test(path))
      return { lines: await summary(await world.readLogits(path, arrays), asked, world) };
    const cells = await world.notebookLogits(arrays, path);
    return { ...(await cellsSummary(cells, asked, world)), ...(all && { all }) };
  },
});

const NOTEBOOK = /\.ipynb$/i;

async function cellsSummary(
  cells: Awaited<ReturnType<ToolWorld['notebookLogits']>>,
  asked: Partial<AskedLoss>,
  world: ToolWorld,
): Promise<ToolAnswer> {
  if (!cells) throw new ToolError('There’s no notebook in front. Give "path": the absolute path of a file.');
  if (cells.length === 0)
    throw new ToolError(
      'No cell of this notebook shows tensors. Run one that prints the logits, or give the path of a file.',
    );
  const details: string[] = [];
  for (const { cell, read } of cells) {
    const said = read.ok ? await summary(read, asked, world) : [refusal(read)];
    details.push(`Cell ${cell}: ${said.join(' ')}`);
  }
  return { lines: [`${counted(cells.length, 'cell')} with numbers.`], details };
}

async function summary(
  read: AnsweredRead,
  asked: Partial<AskedLoss>,
  world: ToolWorld,
): Promise<readonly string[]> {
  if (!read.ok) throw new ToolError(refusal(read));
  const { shape, classAxis, kind, targets, leftOut, warnings, classNames, ignoreIndex } = read;
  const name = nameText(read.name);
  const classes = shape[classAxis]!;
  const lines = [
    `${name === '' ? 'Logits' : `"${name}"`}: ${sizesOf(shape)} ${kind}, K = ${classes}.`,
    ...(classNames ? [`Classes: ${listText(classNames.map(nameText))}.`] : []),
    targets
      ? `Targets: ${targets.name === '' ? targets.kind : `"${nameText(targets.name)}" (${targets.kind})`}.`
      : 'No targets: neither loss nor accuracy are known.',
    ...(ignoreIndex === null ? [] : [`Target ${ignoreIndex} is ignored.`]),
    ...(leftOut.length > 0 ? [`Left out: ${listText(leftOut.map(nameText))}.`] : []),
    ...warnings,
  ];
  return targets ? [...lines, ...(await figures(read, asked, world))] : lines;
}

/** Of so many names, and of so many letters of each, a model has enough. */
const MOST_NAMES = 20;
const MOST_LETTERS = 60;

/** A name from a file, on one line. */
function nameText(name: string): string {
  return clippedCode(name, MOST_LETTERS);
}

function listText(texts: readonly string[]): string {
  const rest = texts.length - MOST_NAMES;
  return `${texts.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function refusal({ reason, message, candidates = [] }: AnsweredRead & { ok: false }): string {
  if (reason !== 'several') return message ?? reason;
  const named = listText(
    candidates.map(({ name, shape, role }) => `"${nameText(name)}" (${sizesOf(shape)}, ${role})`),
  );
  const isTargets = candidates.some(({ role }) => role === 'targets' || role === 'predictions');
  return `Several arrays may be meant: ${named}. Say which by "${isTargets ? 'targets' : 'array'}".`;
}

async function figures(
  read: AnsweredRead & { ok: true },
  asked: Partial<AskedLoss>,
  world: ToolWorld,
): Promise<readonly string[]> {
  const { shape, classAxis, kind, values, targets, ignoreIndex, weight, labelSmoothing } = read;
  if (targets!.kind === 'multi-label')
    return [
      'Several classes may be right in a row: the loss is a sigmoid’s. Use compute_smoothed_loss with "keras.losses.BinaryCrossentropy".',
    ];
  if (classAxis !== 1 && shape.length > 1)
    return ['The classes aren’t on axis 1, so that the loss wasn’t computed.'];
  const indexShape = shape.filter((_, axis) => axis !== classAxis);
  const common: AskedLoss = {
    logits: { data: values, shape },
    targets: { data: targets!.values, shape: targets!.kind === 'soft' ? shape : indexShape },
    values: kind === 'probabilities' || kind === 'log-probabilities' ? kind : 'logits',
    ...(weight && { weight: [...weight] }),
    ...(ignoreIndex !== null && { ignoreIndex }),
    ...asked,
  };
  const alpha = asked.labelSmoothing ?? labelSmoothing ?? 0.1;
  const said =
    asked.labelSmoothing !== undefined
      ? ''
      : labelSmoothing !== null
        ? ' (as the source says)'
        : ' (an example; give "alpha")';
  const smooth = await world.computeLoss({ ...common, labelSmoothing: alpha });
  const hard = await world.computeLoss({ ...common, labelSmoothing: 0 });
  const loss = (result: typeof smooth) => (typeof result.loss === 'number' ? result.loss : Number.NaN);
  return [
    `Accuracy: ${share(smooth.accuracy)}.`,
    `Mean loss without smoothing (NLL): ${digits(loss(hard))} nats.`,
    `Mean loss at α = ${digits(alpha)}${said}: ${digits(loss(smooth))} nats, of which ${digits(smooth.floor)} are its floor and ${digits(smooth.excess)} are left to learn.`,
  ];
}
