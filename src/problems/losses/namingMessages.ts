import * as l10n from '@vscode/l10n';
import type { Outside } from '../../frameworks/acceptedAlpha.ts';
import type { FrameworkRefusal, Instead, LossProblem, NamingProblem } from '../../frameworks/namingErrors.ts';
import { CONVENTION_NAMES } from '../../loss/conventions/conventions.ts';
import { intervalText } from '../../words/interval.ts';
import { type Sentences, sentenceFrom } from '../../words/sentences.ts';
import { catalogueWords } from './catalogueWords.ts';
import { shortenedText } from './shortened.ts';

export function isNamingProblem(problem: LossProblem): problem is NamingProblem {
  return problem.reason in REASONS;
}

/** Why a named loss isn't one that can be computed, and what the framework would do. */
export function namingReason(problem: NamingProblem): string {
  return sentenceFrom(REASONS, 'reason', problem);
}

const REASONS: Sentences<'reason', NamingProblem> = {
  range: (problem) => [outOfRange(problem), ...problem.elsewhere.map(whatItDoes)].join('; '),
  unknown: ({ argument, found }) =>
    argument === 'api'
      ? l10n.t('unknown API “{0}”; docs/semantics.md lists the names', shortenedText(found))
      : l10n.t(
          '“{0}” isn’t a convention; expected one of {1}',
          shortenedText(found),
          CONVENTION_NAMES.join(', '),
        ),
  'no-smoothing': ({ api, instead }) => WHAT_IT_HAS[instead](api),
  beyond: ({ api, what }) =>
    l10n.t('the loss of {0} has {1}, which isn’t supported', api, catalogueWords(what)),
  'which-convention': ({ api, conventions, choice }) =>
    choice === undefined
      ? l10n.t('{0} uses {1}', api, conventions.join(', '))
      : l10n.t('{0} can use {1}; specify which: {2}', api, conventions.join(', '), catalogueWords(choice)),
  required: ({ argument, by }) =>
    argument === 'ignoreIndex'
      ? l10n.t('{0} needs the index of its padding class', by)
      : l10n.t('{0} has no default; specify a value', by),
  'no-such-argument': ({ api }) => l10n.t('{0} has no ignore index', api),
  'weighs-otherwise': ({ api, weights }) => WEIGHS[weights ?? 'none'](api),
};

function outOfRange({ found, range }: Extract<NamingProblem, { reason: 'range' }>): string {
  return range.open === undefined
    ? l10n.t('{0} isn’t between {1} and {2}', found, range.from, range.to)
    : l10n.t('{0} is outside {1}', found, intervalText(range));
}

/** "PyTorch raises RuntimeError at the first forward". */
function whatItDoes(refusal: FrameworkRefusal): string {
  return WHAT_IT_DOES[refusal.does](refusal);
}

const WHAT_IT_DOES: Readonly<Record<Outside, (refusal: FrameworkRefusal) => string>> = {
  raises: ({ framework, error = '', at }) => {
    const type = error.split(':')[0]!;
    return at === 'construction'
      ? l10n.t('{0} raises {1} when it’s constructed', framework, type)
      : l10n.t('{0} raises {1} on the first forward pass', framework, type);
  },
  applies: ({ framework }) => l10n.t('{0} uses it anyway', framework),
  off: ({ framework }) => l10n.t('{0} treats it as 0', framework),
  nan: ({ framework }) => l10n.t('{0} returns NaN', framework),
  unknown: ({ framework }) => l10n.t('what {0} does isn’t known', framework),
};

const WHAT_IT_HAS: Readonly<Record<Instead, (api: string) => string>> = {
  nothing: (api) => l10n.t('{0} has no label smoothing', api),
  fixed: (api) => l10n.t('{0} smooths by a fixed amount and has no α', api),
  focal: (api) => l10n.t('{0} smooths inside a focal loss, which isn’t supported', api),
  preference: (api) =>
    l10n.t('{0} uses it for something else: the probability that a preference pair is flipped', api),
};

type Weights = NonNullable<Extract<NamingProblem, { reason: 'weighs-otherwise' }>['weights']>;

const WEIGHS: Readonly<Record<Weights | 'none', (api: string) => string>> = {
  row: (api) =>
    l10n.t(
      '{0} multiplies whole rows by their weight: multiply the losses you get with reduction "none"',
      api,
    ),
  'hard-part': (api) => l10n.t('{0} weights only the unsmoothed part, which isn’t supported', api),
  // As in PyTorch, which is no problem where there are weights at all.
  target: (api) => l10n.t('{0} has no class weights', api),
  none: (api) => l10n.t('{0} has no class weights', api),
};
