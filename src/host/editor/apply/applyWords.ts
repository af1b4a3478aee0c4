import { l10n } from 'vscode';
import type { NoAlphaEdit } from '../../../analysis/edit/alphaEdit.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { clippedCode } from '../../../words/clipped.ts';
import { intervalText } from '../../../words/interval.ts';
import { plain } from '../../../words/numberFormat.ts';
import { plural } from '../../../words/plural.ts';
import { type Sentences, sentenceFrom } from '../../../words/sentences.ts';

/** Why α can't be set, and what can be done instead. */
export function refusalWords(problem: NoAlphaEdit, { name }: LossConfig, alpha: number): string {
  return sentenceFrom(REFUSALS, 'reason', problem, { name, alpha });
}

/** Of code in a sentence. */
const MOST_LETTERS = 80;

const REFUSALS: Sentences<
  'reason',
  NoAlphaEdit,
  [refused: { readonly name: string; readonly alpha: number }]
> = {
  range: ({ range }, { name, alpha }) =>
    l10n.t('{0} accepts α in {1}; {2} is outside that range.', name, intervalText(range), plain(alpha)),
  computed: ({ line, text }) =>
    l10n.t(
      'α is computed on line {0} ({1}), so there is no single number to change.',
      line + 1,
      clippedCode(text, MOST_LETTERS),
    ),
  outside: ({ line, text }) =>
    l10n.t(
      'Line {0} takes α from outside the workspace ({1}), so its value isn’t in any file here.',
      line + 1,
      clippedCode(text, MOST_LETTERS),
    ),
  'no-argument': (_, { name }) =>
    l10n.t('{0} has no label smoothing argument. Smooth its targets instead.', name),
  'another-meaning': (_, { name }) =>
    l10n.t('What {0} calls smoothing isn’t the α of label smoothing.', name),
  open: (_, { name }) => l10n.t('{0} gets arguments from a * or **, which may set α. Set it there.', name),
  'no-place': ({ argument }, { name }) =>
    l10n.t(
      '{1} has no {0} argument yet, and it isn’t certain where it would go. Add it by hand.',
      argument,
      name,
    ),
  contradicted: () => l10n.t('More than one place sets α, so one edit isn’t enough. Set it by hand.'),
};

/** What the panel shows as α, and what that is in the code. */
export function conversionWords(shown: number, written: number): string {
  return l10n.t(
    'α = {0} in the panel is written as {1}, because this code defines α differently. The targets are the same.',
    plain(shown),
    plain(written),
  );
}

/** The other losses that take their α from the same number. */
export function othersWords(others: readonly LossConfig[]): string {
  const lines = others.map(({ line }) => line + 1).join(', ');
  return plural(
    others.length,
    l10n.t('The loss on line {0} uses the same value.', lines),
    l10n.t('The losses on lines {0} use the same value.', lines),
  );
}
