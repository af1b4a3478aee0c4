import { l10n } from 'vscode';
import type { ClassEvidence, LossConfig, ValueOrigin } from '../../analysis/lossConfig.ts';
import type { SourcePlace } from '../../analysis/sourcePlace.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { MOST_CLASSES } from '../../loss/conventions/smoothing.ts';
import type { LossForm } from '../../loss/lossSpec.ts';
import { count, plain } from '../../words/numberFormat.ts';
import type { KnownClasses } from './classes/knownClasses.ts';
import { isStated } from './classes/knownClasses.ts';
import type { Effect } from './lens/smoothingEffect.ts';

export function formWords({ entry }: LossConfig): LossForm {
  return entry?.form ?? 'ce';
}

/** False where the loss is more than a smoothed cross-entropy, so that its floor is another one. */
export function hasFloor({ entry, weighted }: LossConfig): boolean {
  return !weighted && entry?.focal === undefined && entry?.beyond === undefined;
}

/** "line 12", "line 3 of config.py", "line 2 of cell 1". */
function placeWords({ line, cell, module }: SourcePlace): string {
  if (module !== undefined) return l10n.t('line {0} of {1}', line + 1, module);
  if (cell !== undefined) return l10n.t('line {0} of Python cell {1}', line + 1, cell + 1);
  return l10n.t('line {0}', line + 1);
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
  const { by, name, place, sure, value } = classes.guess;
  const what = placed(EVIDENCE_WORDS[by](name), place);
  if (isStated(classes.guess)) return l10n.t('K = {0}: {1}', value, what);
  if (sure === 'likely') return l10n.t('K = {0}, inferred from {1}', value, what);
  return l10n.t('K = {0}, inferred from {1}; other values are possible', value, what);
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

/** What a call comes to with an argument that the callee doesn't have in any release. */
export function missingArgument(name: string, argument: string): string {
  return l10n.t('{0} has no argument {1}: this raises TypeError.', name, argument);
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
  BINARY_HALF: () => l10n.t('each class separately: 1 becomes 1 − α/2, 0 becomes α/2'),
  BINARY_FULL: () => l10n.t('each class separately: 1 becomes 1 − α, 0 becomes α'),
  BINARY_UNIFORM_K: () =>
    l10n.t('each class separately, with the same targets as for a softmax over K classes'),
};
