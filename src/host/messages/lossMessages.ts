import { l10n } from 'vscode';
import type { LossProblem } from '../../frameworks/namingErrors.ts';
import type { InputProblem } from '../../loss/lossErrors.ts';
import { count } from '../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../words/sentences.ts';
import { shapeTuple } from '../../words/shapeText.ts';
import type { ArgumentError, ArgumentProblem, ExpectedArgument } from '../api/lossArguments.ts';
import { MOST_AXES } from '../api/nestedNumbers.ts';
import { isNamingProblem, namingReason } from './namingMessages.ts';
import { shortened, shortenedText } from './shortened.ts';

/** Why a loss can't be computed, beginning with the argument's name. */
export function describeLossProblem(problem: LossProblem): string {
  return `${problem.argument}: ${isNamingProblem(problem) ? namingReason(problem) : sentenceFrom(INPUT_REASONS, 'reason', problem)}`;
}

/** Why an argument isn't what it should be, beginning with its name. */
export function describeArgument({ argument, problem }: Pick<ArgumentError, 'argument' | 'problem'>): string {
  return `${shortenedText(argument)}: ${sentenceFrom(ARGUMENT_REASONS, 'reason', problem)}`;
}

const ARGUMENT_REASONS: Sentences<'reason', ArgumentProblem> = {
  type: ({ expected, found }) => EXPECTED_ARGUMENT[expected](shortened(found)),
  'without-shape': ({ found }) =>
    l10n.t('a {0} has no shape: pass an object with “data” and “shape”', shortened(found)),
  'no-such-argument': ({ known }) => l10n.t('unknown argument; expected one of {0}', known.join(', ')),
  element: ({ path, expected, found }) => {
    if (path.length === 0) return EXPECTED_ARGUMENT.tensor(shortened(found));
    return expected === 'array'
      ? l10n.t('at {0}: expected an array, found {1}', placeOf(path), shortened(found))
      : l10n.t('at {0}: expected a number, found {1}', placeOf(path), shortened(found));
  },
  length: ({ path, expected, found }) =>
    l10n.t('at {0}: expected {1} values, found {2}', placeOf(path), count(expected), count(found)),
  'too-deep': ({ limit }) => l10n.t('arrays are nested more than {0} deep', count(limit)),
  'in-itself': () => l10n.t('an array contains itself'),
  'too-many': ({ limit }) =>
    l10n.t(
      'nested arrays can have at most {0} numbers: pass an object with “data” and “shape” instead',
      count(limit),
    ),
};

const EXPECTED_ARGUMENT: Readonly<Record<ExpectedArgument, (found: string) => string>> = {
  object: (found) => l10n.t('expected an object with “logits” and “targets”, found {0}', found),
  string: (found) => l10n.t('expected a string, found {0}', found),
  number: (found) => l10n.t('expected a number, found {0}', found),
  'whole-number': (found) => l10n.t('expected a whole number, found {0}', found),
  reduction: (found) => l10n.t('expected “mean”, “sum” or “none”, found {0}', found),
  numbers: (found) => l10n.t('expected an array of numbers, found {0}', found),
  tensor: (found) =>
    l10n.t('expected numbers in nested arrays, or an object with “data” and “shape”; found {0}', found),
  'float-data': (found) => l10n.t('“data”: expected a Float32Array or a Float64Array, found {0}', found),
  'target-data': (found) =>
    l10n.t('“data”: expected an Int32Array, a Float32Array or a Float64Array, found {0}', found),
  shape: (found) => l10n.t('“shape”: expected an array of at most {0} sizes, found {1}', MOST_AXES, found),
  sizes: (found) => l10n.t('“shape”: expected whole numbers, 0 or more, found {0}', found),
};

/** "[3][0]" */
function placeOf(path: readonly number[]): string {
  return path.map((index) => `[${index}]`).join('');
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
  'too-large': ({ shape }) => l10n.t('there isn’t enough memory for shape {0}', shapeTuple(shape)),
  'soft-targets': () => l10n.t('this form of the loss accepts only class indices'),
};
