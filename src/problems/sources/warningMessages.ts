import * as l10n from '@vscode/l10n';
import type { LogitsBatch, ReadWarning } from '../../readers/logitsBatch.ts';
import { count } from '../../words/numberFormat.ts';
import { quoted } from '../../words/quoted.ts';
import { type Sentences, sentenceFrom } from '../../words/sentences.ts';
import { shapeTuple } from '../../words/shapeText.ts';

/** What was assumed when logits were read, or left open: a sentence each. */
export function warningsOf({ warnings }: Pick<LogitsBatch, 'warnings'>): string[] {
  return warnings.map((warning) => sentenceFrom(SENTENCES, 'reason', warning));
}

const SENTENCES: Sentences<'reason', ReadWarning, []> = {
  'assumed-padding': ({ name, found, rows }) =>
    l10n.t(
      'Rows whose target in {0} is {1} aren’t counted ({2} of them): {1} isn’t a class, and often marks padding.',
      quoted(name),
      found,
      count(rows),
    ),
  'counted-from-1': ({ name }) =>
    l10n.t('The class indices in {0} start at 1, so 1 was subtracted from each.', quoted(name)),
  'no-targets-in': ({ name, found }) =>
    l10n.t('{0} wasn’t used as the targets: no class is called {1}.', quoted(name), quoted(found)),
  'other-rows': ({ name, shape }) =>
    l10n.t('{0} wasn’t used as the targets: its shape is {1}.', quoted(name), shapeTuple(shape)),
  'unread-targets': ({ name, found }) =>
    l10n.t('{0} wasn’t used as the targets: its type, {1}, isn’t read.', quoted(name), quoted(found)),
  'decimal-commas': ({ found }) =>
    l10n.t('Commas were read as decimal points: {0} is one number.', quoted(found)),
  shares: () =>
    l10n.t(
      'All numbers are between 0 and 1, and the rows don’t sum to 1. They were read as logits. If they’re sigmoid outputs, save or print the logits instead.',
    ),
  'top-only': ({ classes }) =>
    l10n.t(
      'Only the {0} likeliest classes were given, so these probabilities don’t include the others.',
      count(classes),
    ),
};
