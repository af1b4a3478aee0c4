import * as v from 'valibot';
import { counted, digits } from './answerText.ts';
import type { FoundIn, FoundLoss, ToolAnswer } from './tool.ts';
import { ALL, inputOf, PATH, toolOf } from './toolInput.ts';

const INPUT = inputOf({
  path: v.pipe(PATH, v.description('absolute path of a file or folder of the workspace')),
  all: v.optional(ALL),
});

/** The losses that code and config files set up, with what is known of each. */
export const FIND_LOSS_CONFIGURATIONS = toolOf({
  name: 'find_loss_configurations',
  description:
    'Finds where code and config files of a file or folder set up a classification loss, and says for each what is known: API, α, K, smoothed targets, floor, form, and mistakes with label smoothing. Follows imports, configs and hand-written losses; what isn’t known is said to be unknown. Use it before saying which α a project uses, or to review losses, instead of searching the code yourself. It only reads; it doesn’t edit. Not for computing a loss (compute_smoothed_loss), nor for files with logits (summarise_logits).',
  schema: INPUT,
  reads: ({ path }) => path,
  run: async ({ path, all }, world) => {
    const { found, files, left } = await world.findLosses(path);
    return { ...answerOf(found, files, left), ...(all && { all }) };
  },
});

function answerOf(found: readonly FoundIn[], files: number, left: number): ToolAnswer {
  const losses = found.reduce((sum, each) => sum + each.losses.length, 0);
  const rest =
    left > 0
      ? [
          `${counted(left, 'file')} ${left === 1 ? 'wasn’t' : 'weren’t'} looked at: too many, too large, or not readable. Ask for one of them, or for a folder below.`,
        ]
      : [];
  const looked = `${counted(files, 'file')} looked at.`;
  if (losses === 0) return { lines: [`No loss configuration found. ${looked}`, ...rest] };
  return {
    lines: [
      `${counted(losses, 'loss configuration')} found. ${looked} Losses in nats; lines from 1. What isn’t said isn’t known.`,
      ...rest,
    ],
    details: found.flatMap(({ path, cell, losses }) =>
      losses.map(
        (loss) =>
          `- ${path}${cell === null ? '' : `, cell ${cell}`}:${loss.range.start.line + 1} ${lossText(loss)}`,
      ),
    ),
  };
}

function lossText(loss: FoundLoss): string {
  const { api, convention, numClasses, numClassesFrom, targets, form, floor, problems } = loss;
  return [
    api,
    alphaText(loss),
    ...(convention === undefined ? [] : [convention]),
    ...(numClasses === undefined
      ? []
      : [`K = ${numClasses}${numClassesFrom === 'inferred' ? ' (inferred)' : ''}`]),
    ...(targets === 'soft'
      ? ['soft targets']
      : targets
        ? [`targets ${digits(targets.on)} / ${digits(targets.off)}`]
        : []),
    ...(floor === null ? [] : [`floor ${digits(floor)}`]),
    ...(form === null || form === 'ce' ? [] : [`form ${form}`]),
    ...problems.map(({ code, message }) => `problem ${code}: ${message}`),
  ].join('; ');
}

function alphaText({ alpha: { value, state, values = [] } }: FoundLoss): string {
  switch (state) {
    case 'several':
      return `α = ${values.map(digits).join(' or ')}`;
    case 'callers':
      return `α from the caller${value === undefined ? '' : `, else ${digits(value)}`}`;
    case 'unknown':
      return 'α unknown';
    case 'default':
      return value === undefined ? 'no smoothing by default' : `α = ${digits(value)} by default`;
    default:
      return value === undefined ? 'α unknown' : `α = ${digits(value)}`;
  }
}
