import { l10n } from 'vscode';
import type { InputProblem, LossProblem } from '../../loss/lossErrors.ts';
import type { ArgumentError, ArgumentProblem, ExpectedArgument } from '../api/lossArguments.ts';
import { MOST_AXES } from '../api/nestedNumbers.ts';
import { isNamingProblem, namingReason } from './namingMessages.ts';
import { clippedText, shortened } from './shortened.ts';

/** Why a loss can't be computed, beginning with the argument's name. */
export function describeLossProblem(problem: LossProblem): string {
  return `${problem.argument}: ${isNamingProblem(problem) ? namingReason(problem) : inputReason(problem)}`;
}

/** Why an argument isn't what it should be, beginning with its name. */
export function describeArgument({ argument, problem }: Pick<ArgumentError, 'argument' | 'problem'>): string {
  return `${clippedText(argument)}: ${argumentReason(problem)}`;
}

function argumentReason(problem: ArgumentProblem): string {
  switch (problem.reason) {
    case 'type':
      return expectedReason(problem.expected, shortened(problem.found));
    case 'without-shape':
      return l10n.t('a {0} needs a shape: pass an object with “data” and “shape”', shortened(problem.found));
    case 'no-such-argument':
      return l10n.t('there is no such argument; there are {0}', problem.known.join(', '));
    case 'element': {
      const { path, expected } = problem;
      const found = shortened(problem.found);
      if (path.length === 0) return expectedReason('tensor', found);
      return expected === 'array'
        ? l10n.t('at {0}: expected an array, found {1}', placeOf(path), found)
        : l10n.t('at {0}: expected a number, found {1}', placeOf(path), found);
    }
    case 'length':
      return l10n.t(
        'at {0}: expected {1} values, found {2}',
        placeOf(problem.path),
        problem.expected,
        problem.found,
      );
    case 'too-deep':
      return l10n.t('arrays are nested more than {0} deep', problem.limit);
    case 'in-itself':
      return l10n.t('an array contains itself');
    case 'too-many':
      return l10n.t(
        'nested arrays of more than {0} numbers aren’t taken: pass an object with “data” and “shape”',
        problem.limit.toLocaleString(),
      );
  }
}

function expectedReason(expected: ExpectedArgument, found: string): string {
  switch (expected) {
    case 'object':
      return l10n.t('expected an object with “logits” and “targets”, found {0}', found);
    case 'string':
      return l10n.t('expected a string, found {0}', found);
    case 'number':
      return l10n.t('expected a number, found {0}', found);
    case 'whole-number':
      return l10n.t('expected a whole number, found {0}', found);
    case 'reduction':
      return l10n.t('expected “mean”, “sum” or “none”, found {0}', found);
    case 'numbers':
      return l10n.t('expected an array of numbers, found {0}', found);
    case 'tensor':
      return l10n.t(
        'expected numbers in nested arrays, or an object with “data” and “shape”; found {0}',
        found,
      );
    case 'float-data':
      return l10n.t('“data”: expected a Float32Array or a Float64Array, found {0}', found);
    case 'target-data':
      return l10n.t('“data”: expected an Int32Array, a Float32Array or a Float64Array, found {0}', found);
    case 'shape':
      return l10n.t('“shape”: expected an array of at most {0} sizes, found {1}', MOST_AXES, found);
    case 'sizes':
      return l10n.t('“shape”: expected whole numbers, 0 or more, found {0}', found);
  }
}

/** "[3][0]" */
function placeOf(path: readonly number[]): string {
  return path.map((index) => `[${index}]`).join('');
}

function inputReason(problem: InputProblem): string {
  switch (problem.reason) {
    case 'no-classes':
      return l10n.t('shape ({0}) has no classes', problem.shape.join(', '));
    case 'too-many-classes':
      return l10n.t('{0} classes are more than {1}', problem.found, problem.most);
    case 'not-exact':
      return l10n.t('{0} is not a whole number that a float64 holds exactly', problem.found);
    case 'overflow':
      return l10n.t(
        'these numbers are so large that their sums overflow, and what this API gives then is not known',
      );
    case 'no-weight':
      return l10n.t(
        'the weights of all rows that count add up to 0, and what this API gives then is not known',
      );
    case 'size':
      return l10n.t('{0} values don’t fill shape ({1})', problem.found, problem.shape.join(', '));
    case 'shape':
      return l10n.t(
        'shape ({0}) doesn’t fit logits of shape ({1})',
        problem.found.join(', '),
        problem.logits.join(', '),
      );
    case 'out-of-bounds':
      return l10n.t('{0} in row {1} is outside 0…{2}', problem.found, problem.row, problem.classes - 1);
    case 'fraction':
      return l10n.t('{0} in row {1} is not a whole number', problem.found, problem.row);
    case 'length':
      return l10n.t('{0} weights for {1} classes', problem.found, problem.classes);
    case 'with-soft-targets':
      return l10n.t('{0} means nothing with probabilities as targets', problem.found);
    case 'no-padding-class': {
      const last = problem.classes - 1;
      return l10n.t('{0} is outside 0…{1}, and so can’t be the padding class', problem.found, last);
    }
    case 'too-large':
      return l10n.t('there isn’t enough memory for shape ({0})', problem.shape.join(', '));
    case 'soft-targets':
      return l10n.t('this form of the loss takes class indices only');
  }
}
