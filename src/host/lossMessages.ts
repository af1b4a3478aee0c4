import { l10n } from 'vscode';
import type { InputProblem, LossProblem } from '../loss/errors.ts';
import { isNamingProblem, namingReason } from './namingMessages.ts';
import { NestingError } from './nestedNumbers.ts';

/** Why a loss can't be computed, beginning with the argument's name. */
export function describeLossProblem(problem: LossProblem): string {
  return `${problem.argument}: ${isNamingProblem(problem) ? namingReason(problem) : inputReason(problem)}`;
}

/** Why an argument isn't what it should be, before anything is computed. */
export function describeArgument(argument: string, wrong: unknown): string {
  if (!(wrong instanceof NestingError))
    return `${argument}: ${l10n.t('{0} is not a value it may have', JSON.stringify(wrong) ?? 'undefined')}`;
  const { path, found, expected } = wrong;
  const where = path.length > 0 ? l10n.t('at [{0}]', path.join('][')) : l10n.t('as a whole');
  if (typeof found === 'number') {
    return `${argument}: ${l10n.t('{0} there are {1} values, elsewhere {2}', where, found, expected)}`;
  }
  const wanted = expected === 'array' ? l10n.t('an array') : l10n.t('a number');
  return `${argument}: ${l10n.t('{0} there should be {1}', where, wanted)}`;
}

function inputReason(problem: InputProblem): string {
  switch (problem.reason) {
    case 'no-classes':
      return l10n.t('shape ({0}) has no classes', problem.shape.join(', '));
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
    case 'soft-targets':
      return l10n.t('this form of the loss takes class indices only');
  }
}
