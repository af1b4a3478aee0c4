import * as l10n from '@vscode/l10n';
import { count } from '../../words/numberFormat.ts';
import { quoted, quotedList } from '../../words/quoted.ts';
import { shapeTuple } from '../../words/shapeText.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with targets. */
export const TARGET_SENTENCES = {
  'no-targets': ({ members }) =>
    l10n.t('No targets found in {0}. Name the array “targets” or “labels”.', quotedList(members)),
  'target-count': ({ found, expected }, { where }) =>
    l10n.t('There are {0} targets for {1} rows{2}.', count(found), count(expected), where),
  'target-shape': ({ found, shape }, { where }) =>
    l10n.t(
      'The targets have shape {0}, which doesn’t match logits of shape {1}{2}.',
      shapeTuple(found),
      shapeTuple(shape),
      where,
    ),
  'target-range': ({ found, row, classes }, { where }) =>
    l10n.t('Target {0} in row {1} is outside 0…{2}{3}.', found, row, classes - 1, where),
  'target-value': ({ found, row }, { where }) =>
    l10n.t(
      'Target {0} in row {1} isn’t between 0 and 1, and targets with a number per class are probabilities{2}.',
      found,
      row,
      where,
    ),
  'target-fraction': ({ found, row }, { where }) =>
    l10n.t('Target {0} in row {1} isn’t a whole number{2}.', found, row, where),
  'target-name': ({ named, found, row }, { where }) =>
    named
      ? l10n.t('Target {0} in row {1} isn’t one of the class names{2}.', quoted(found), row, where)
      : l10n.t(
          'Target {0} in row {1} is a name, but there are no class names{2}. Use class indices, or add “class_names”.',
          quoted(found),
          row,
          where,
        ),
  'target-missing': ({ row }, { where }) =>
    l10n.t('Row {0} has no target, but other rows have one{1}.', row, where),
} satisfies Partial<ProblemSentences>;
