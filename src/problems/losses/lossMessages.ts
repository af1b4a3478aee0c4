import * as l10n from '@vscode/l10n';
import type { LossProblem } from '../../frameworks/namingErrors.ts';
import type { InputProblem } from '../../loss/lossErrors.ts';
import { count } from '../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../words/sentences.ts';
import { shapeTuple } from '../../words/shapeText.ts';
import { isNamingProblem, namingReason } from './namingMessages.ts';

/** Why a loss can't be computed, beginning with the argument's name. */
export function describeLossProblem(problem: LossProblem): string {
  return `${problem.argument}: ${isNamingProblem(problem) ? namingReason(problem) : sentenceFrom(INPUT_REASONS, 'reason', problem)}`;
}

const INPUT_REASONS: Sentences<'reason', InputProblem> = {
  'no-classes': ({ shape }) => l10n.t('shape {0} has no classes', shapeTuple(shape)),
  'too-many-classes': ({ found, most }) =>
    l10n.t('{0} classes; at most {1} are supported', count(found), count(most)),
  'not-exact': ({ found }) => l10n.t('{0} isn’t a whole number that a float64 can represent exactly', found),
  overflow: () =>
    l10n.t('these numbers are so large that their sums overflow, and this API’s result is then unknown'),
  'no-weight': () =>
    l10n.t('the weights of all counted rows sum to 0, and this API’s result is then unknown'),
  size: ({ found, shape }) =>
    l10n.t('expected as many values as shape {1} holds, found {0}', count(found), shapeTuple(shape)),
  shape: ({ found, logits }) =>
    l10n.t('shape {0} doesn’t match logits of shape {1}', shapeTuple(found), shapeTuple(logits)),
  'out-of-bounds': ({ found, row, classes }) =>
    l10n.t('{0} in row {1} is outside 0…{2}', found, row, classes - 1),
  fraction: ({ found, row }) => l10n.t('{0} in row {1} isn’t a whole number', found, row),
  length: ({ found, classes }) =>
    l10n.t('expected {1} weights, one per class; found {0}', count(found), count(classes)),
  'with-soft-targets': ({ found }) => l10n.t('{0} has no meaning when targets are probabilities', found),
  'no-padding-class': ({ found, classes }) =>
    l10n.t('{0} is outside 0…{1}, so it can’t be the padding class', found, classes - 1),
  'no-probability': ({ found, row, values }) =>
    values === 'log-probabilities'
      ? l10n.t('{0} in row {1} isn’t a log-probability: those are 0 or less', found, row)
      : found === 0
        ? l10n.t('the probabilities of row {0} sum to 0', row)
        : l10n.t('{0} in row {1} isn’t a probability from 0 to 1', found, row),
  'too-large': ({ shape }) => l10n.t('there isn’t enough memory for shape {0}', shapeTuple(shape)),
  'soft-targets': () => l10n.t('this form of the loss accepts only class indices'),
};
