import { l10n } from 'vscode';
import type { Effect } from '../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../analysis/classes/knownClasses.ts';
import { isStated } from '../../analysis/classes/knownClasses.ts';
import type { ClassEvidence, LossConfig, UnknownAlpha, ValueOrigin } from '../../analysis/lossConfig.ts';
import type { SourcePlace } from '../../analysis/sourcePlace.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { MOST_CLASSES } from '../../loss/conventions/smoothing.ts';
import type { LossForm } from '../../loss/lossSpec.ts';
import { placeWords } from '../../problems/placeWords.ts';
import { count, plain } from '../../words/numberFormat.ts';

export function formWords({ entry, form }: LossConfig): LossForm {
  return entry?.form ?? (form === 'kl' ? 'kl' : 'ce');
}

/** "constant SMOOTHING, line 3" */
function placed(what: string, place: SourcePlace | null | undefined): string {
  return place ? l10n.t('{0}, {1}', what, placeWords(place)) : what;
}

/** Where α comes from, if it isn't a literal: "α = 0.1: constant SMOOTHING, line 3". */
export function alphaReason({ alpha }: LossConfig): string {
  const { value, origins } = alpha;
  if (value === undefined || origins.length === 0) return '';
  return l10n.t('α = {0}: {1}', plain(value), origins.map(originWords).join(' ← '));
}

/** Why α isn't known, as a sentence without its full stop. */
export function unknownReason({ kind, name, place }: UnknownAlpha): string {
  return placed(UNKNOWN_REASONS[kind](name), kind === 'import' ? null : place);
}

const UNKNOWN_REASONS: Readonly<Record<UnknownAlpha['kind'], (name: string) => string>> = {
  import: (name) => l10n.t('imported from {0}, which can’t be read here', name),
  arguments: (name) => l10n.t('{0} may contain it', name),
  value: (name) => l10n.t('the value of {0} isn’t known here', name),
  callee: (name) => l10n.t('the default of {0} isn’t known', name),
  changed: (name) => l10n.t('{0} computes its own α', name),
  branch: (name) => l10n.t('{0} uses α in one branch only', name),
  position: (name) => l10n.t('{0} may be α or another argument', name),
  set: (name) => l10n.t('{0} may set it', name),
};

/** Who says α, and what it is if nobody does. */
export function callersWords({ alpha }: LossConfig, value: number | null): string {
  const flag = alpha.origins.find(({ kind }) => kind === 'flag')?.name;
  if (flag !== undefined) {
    return value === null
      ? l10n.t('α from {0}', flag)
      : l10n.t('α from {0} (default {1})', flag, plain(value));
  }
  return value === null
    ? l10n.t('α from the caller')
    : l10n.t('α from the caller (default {0})', plain(value));
}

/** The values α may have, in the order of the source. */
export function severalWords(values: readonly number[]): string {
  return l10n.t('α is one of {0}', values.map(plain).join(', '));
}

function originWords(origin: ValueOrigin): string {
  return placed(ORIGIN_WORDS[origin.kind](origin.name), origin.place);
}

const ORIGIN_WORDS: Readonly<Record<ValueOrigin['kind'], (name: string) => string>> = {
  'api-default': () => l10n.t('the default'),
  constant: (name) => l10n.t('constant {0}', name),
  attribute: (name) => l10n.t('attribute {0}', name),
  field: (name) => l10n.t('default of the field {0}', name),
  parameter: (name) => l10n.t('default of the parameter {0}', name),
  flag: (name) => l10n.t('default of the flag {0}', name),
  environment: (name) => l10n.t('default of the variable {0}', name),
  entry: (name) => l10n.t('entry {0}', name),
  arithmetic: (name) => l10n.t('computed from {0}', name),
  import: (name) => l10n.t('imported from {0}', name),
  reference: (name) => name,
};

/** What K rests on. All but what the call or the person says is called a guess. */
export function classesReason(classes: KnownClasses): string {
  if (classes.by !== 'code') {
    return classes.by === 'file'
      ? l10n.t('K = {0}: set for this file', classes.value)
      : l10n.t('K = {0}: set for this workspace', classes.value);
  }
  const { by, name, place, value } = classes.guess;
  const what = placed(EVIDENCE_WORDS[by](name), place);
  if (isStated(classes.guess)) return l10n.t('K = {0}: {1}', value, what);
  return l10n.t('K = {0}, inferred from {1}', value, what);
}

const EVIDENCE_WORDS: Readonly<Record<ClassEvidence, (name: string) => string>> = {
  comment: () => l10n.t('a comment'),
  argument: (name) => l10n.t('argument {0}', name),
  weights: () => l10n.t('the number of weights'),
  'last-layer': (name) => l10n.t('the last layer {0}', name),
  count: (name) => name,
  labels: (name) => l10n.t('the length of {0}', name),
  dataset: (name) => l10n.t('the dataset {0}', name),
  api: () => l10n.t('a binary loss'),
};

/** Why a K that the code or a comment says isn't taken; empty if there's none. */
export function refusedClasses({ classes: { refused } }: LossConfig): string {
  if (!refused) return '';
  const what = placed(refused.name, refused.place);
  return l10n.t('{0}: K must be a whole number from 1 to {1}', what, count(MOST_CLASSES));
}

/** Why nothing is smoothed where there is no second class to share α with. */
export function aloneWords(convention: ConventionName): string {
  return CONVENTIONS[convention].padded
    ? l10n.t('nothing to smooth: fewer than two classes besides padding')
    : l10n.t('nothing to smooth: only one class');
}

/** What comes of an α that is out of range, in two or three words. */
export function refusal({ does, range }: Extract<Effect, { kind: 'refused' }>): string {
  if (does === 'raises')
    return range.error === undefined
      ? l10n.t('raises an error')
      : l10n.t('raises {0}', range.error.split(':')[0]!);
  if (does === 'nan') return l10n.t('returns NaN');
  return l10n.t('outside {0}…{1}', range.from, range.to);
}

/** What α is, in the words of its convention. */
export function conventionWords(convention: ConventionName): string {
  return CONVENTION_WORDS[convention]();
}

const CONVENTION_WORDS: Readonly<Record<ConventionName, () => string>> = {
  UNIFORM_K: () => l10n.t('α is spread evenly over all K classes, including the true one'),
  UNIFORM_OTHERS: () => l10n.t('α is taken from the true class and spread evenly over the K − 1 others'),
  PAD_EXCLUDED: () =>
    l10n.t('α is taken from the true class and spread evenly over the K − 2 others that aren’t padding'),
  ADDITIVE_RENORM: () => l10n.t('α/K is added to every class, then the target is divided by 1 + α'),
  BINARY_HALF: () => l10n.t('For each class separately, 1 becomes 1 − α/2 and 0 becomes α/2'),
  BINARY_FULL: () => l10n.t('For each class separately, 1 becomes 1 − α and 0 becomes α'),
  BINARY_UNIFORM_K: () =>
    l10n.t('Each class has a sigmoid of its own, with the same targets as for a softmax over K classes'),
};
