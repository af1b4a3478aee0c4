import * as v from 'valibot';
import { argmaxBound, CONVENTION_NAMES, CONVENTIONS, convertAlpha } from '../loss/conventions/conventions.ts';
import { isClassCount } from '../loss/conventions/smoothing.ts';
import { specFiguresOf } from '../loss/theory/specFigures.ts';
import { digits } from './answerText.ts';
import { conventionCalled, conventionText } from './calledLoss.ts';
import { type ToolAnswer, ToolError } from './tool.ts';
import { ALPHA, CLASSES, inputOf, toolOf } from './toolInput.ts';

const NAME = v.string('expected the name of a loss.');
const INPUT = inputOf({
  alpha: ALPHA,
  classes: CLASSES,
  from: v.pipe(
    NAME,
    v.description(
      `the loss that α is for, as code calls it ("nn.CrossEntropyLoss", "fairseq"), or what α means: one of ${CONVENTION_NAMES.join(', ')}`,
    ),
  ),
  to: v.pipe(NAME, v.description('the loss that is to have the same targets, named in the same way')),
});

/** α of another loss that gives the same targets. */
export const CONVERT_LABEL_SMOOTHING = toolOf({
  name: 'convert_label_smoothing',
  description:
    'Converts α between frameworks: the α that gives the same smoothed targets in another loss, since frameworks disagree about what α means (α/K for every class, or α/(K − 1) for the others …). Use it when someone ports a loss, compares papers or configs, or asks for “the same smoothing” elsewhere. Says so if there is no such α. Not for another number of classes, nor for which α is best: it computes no loss.',
  schema: INPUT,
  run: async (input) => converted(input),
});

function converted({ alpha, classes, from, to }: v.InferOutput<typeof INPUT>): ToolAnswer {
  const [a, b] = [conventionCalled(from), conventionCalled(to)];
  if (!isClassCount(classes) || classes < 2)
    throw new ToolError('classes: expected at least 2; with one class nothing is smoothed.');
  if (!(alpha >= 0 && alpha <= 1))
    throw new ToolError(`alpha: expected a number from 0 to 1. It was ${alpha}.`);
  const { on, off } = specFiguresOf(a, alpha, classes, 'ce');
  const before = [
    `α = ${digits(alpha)} of ${from}, K = ${classes}: ${digits(on)} for the true class, ${digits(off)} for every other class.`,
  ];
  const means = [`${from}: ${conventionText(a)}.`, `${to}: ${conventionText(b)}.`];
  const result = convertAlpha(a, b, alpha, classes);
  if (!result) {
    const why =
      CONVENTIONS[a].padded === CONVENTIONS[b].padded
        ? 'they share α among another number of classes'
        : 'one of them gives a padding class nothing';
    return { lines: [`No α of ${to} gives these targets: ${why}.`, ...before, ...means] };
  }
  const bound = argmaxBound(b, classes);
  return {
    lines: [
      `α = ${digits(result.alpha)} of ${to} gives the same targets.`,
      ...before,
      ...means,
      ...(result.sameLoss
        ? []
        : ['The loss is another one all the same: one is a softmax’s, the other a sigmoid’s.']),
      ...(result.alpha >= bound
        ? [`From α = ${digits(bound)} on, the true class no longer has the largest target.`]
        : []),
    ],
  };
}
