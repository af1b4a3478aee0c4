import * as l10n from '@vscode/l10n';
import { shortened, shortenedText } from '../problems/losses/shortened.ts';
import { count } from '../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../words/sentences.ts';
import type { ArgumentError, ArgumentProblem, ExpectedArgument } from './lossArguments.ts';
import { MOST_AXES } from './nestedNumbers.ts';

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
  values: (found) => l10n.t('expected “logits”, “log-probabilities” or “probabilities”, found {0}', found),
  boolean: (found) => l10n.t('expected true or false, found {0}', found),
  reduction: (found) => l10n.t('expected “mean”, “sum” or “none”, found {0}', found),
  numbers: (found) => l10n.t('expected an array of numbers, found {0}', found),
  tensor: (found) =>
    l10n.t('expected numbers in nested arrays, or an object with “data” and “shape”; found {0}', found),
  'float-data': (found) => l10n.t('“data”: expected a Float32Array or a Float64Array, found {0}', found),
  'target-data': (found) =>
    l10n.t('“data”: expected an Int32Array, a Float32Array or a Float64Array, found {0}', found),
  shape: (found) => l10n.t('“shape”: expected an array of at most {0} sizes, found {1}', MOST_AXES, found),
  source: (found) => l10n.t('expected a string, a Uint8Array or a Uri, found {0}', found),
  options: (found) => l10n.t('expected an object, found {0}', found),
  position: (found) =>
    l10n.t('expected an object with “line” and “character”, whole numbers from 0, found {0}', found),
  sizes: (found) => l10n.t('“shape”: expected whole numbers, 0 or more, found {0}', found),
};

/** "[3][0]" */
function placeOf(path: readonly number[]): string {
  return path.map((index) => `[${index}]`).join('');
}
