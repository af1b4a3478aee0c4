import { l10n } from 'vscode';
import { CONVENTION_NAMES } from '../../loss/conventions/conventions.ts';
import type { FrameworkRefusal, Instead, LossProblem, NamingProblem } from '../../loss/lossErrors.ts';
import { clippedText } from './shortened.ts';

const NAMING_REASONS: Readonly<Record<NamingProblem['reason'], true>> = {
  range: true,
  unknown: true,
  'no-smoothing': true,
  beyond: true,
  'which-convention': true,
  required: true,
  'no-such-argument': true,
  'weighs-otherwise': true,
};

export function isNamingProblem(problem: LossProblem): problem is NamingProblem {
  return problem.reason in NAMING_REASONS;
}

/** Why a named loss isn't one that can be computed, and what the framework would do. */
export function namingReason(problem: NamingProblem): string {
  switch (problem.reason) {
    case 'range':
      return [outOfRange(problem), ...problem.elsewhere.map(whatItDoes)].join('; ');
    case 'unknown':
      return problem.argument === 'api'
        ? l10n.t('“{0}” is not known; docs/semantics.md lists the names', clippedText(problem.found))
        : l10n.t('“{0}” is none of {1}', clippedText(problem.found), CONVENTION_NAMES.join(', '));
    case 'no-smoothing':
      return `${problem.api} ${whatItHas(problem.instead)}`;
    case 'beyond':
      return l10n.t('the loss of {0} has {1}, which is not computed here', problem.api, problem.what);
    case 'which-convention': {
      const conventions = problem.conventions.join(', ');
      if (problem.choice === undefined) return l10n.t('{0} has {1}', problem.api, conventions);
      return l10n.t('{0} has {1}, say which: {2}', problem.api, conventions, problem.choice);
    }
    case 'required':
      return problem.argument === 'ignoreIndex'
        ? l10n.t('{0} needs the index of its padding class', problem.by)
        : l10n.t('{0} has no default, say how much', problem.by);
    case 'no-such-argument':
      return l10n.t('{0} has no ignore index', problem.api);
    case 'weighs-otherwise':
      return weighsOtherwise(problem);
  }
}

function outOfRange({ found, range }: Extract<NamingProblem, { reason: 'range' }>): string {
  const { from, to, open } = range;
  if (open === undefined) return l10n.t('{0} is not between {1} and {2}', found, from, to);
  const interval = `${open === 'to' ? '[' : '('}${from}, ${to}${open === 'from' ? ']' : ')'}`;
  return l10n.t('{0} is outside {1}', found, interval);
}

/** "PyTorch raises RuntimeError at the first forward". */
function whatItDoes({ framework, does, error = '', at }: FrameworkRefusal): string {
  const type = error.split(':')[0]!;
  switch (does) {
    case 'raises':
      return at === 'construction'
        ? l10n.t('{0} raises {1} when it is constructed', framework, type)
        : l10n.t('{0} raises {1} at the first forward', framework, type);
    case 'applies':
      return l10n.t('{0} applies it', framework);
    case 'off':
      return l10n.t('{0} takes it as 0', framework);
    case 'nan':
      return l10n.t('{0} gives NaN', framework);
    case 'unknown':
      return l10n.t('what {0} does is not known', framework);
  }
}

function whatItHas(instead: Instead): string {
  switch (instead) {
    case 'nothing':
      return l10n.t('has no label smoothing');
    case 'fixed':
      return l10n.t('smooths by a fixed amount, without α');
    case 'focal':
      return l10n.t('smooths within a focal loss, which is not computed here');
    case 'preference':
      return l10n.t('means something else by it: the probability that a preference is the wrong way round');
  }
}

function weighsOtherwise({ api, weights }: Extract<NamingProblem, { reason: 'weighs-otherwise' }>): string {
  switch (weights) {
    case 'row':
      return l10n.t('{0} multiplies whole rows by weights: multiply the losses of reduction "none"', api);
    case 'hard-part':
      return l10n.t('{0} weighs the unsmoothed part only, which is not computed here', api);
    default:
      return l10n.t('{0} has no class weights', api);
  }
}
