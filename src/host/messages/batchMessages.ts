import { l10n } from 'vscode';
import { megabytes } from '../../words/byteSizes.ts';
import { count } from '../../words/numberFormat.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with logits, and with what is said of their classes, wherever they were read. */
export const BATCH_SENTENCES = {
  'no-classes': (_, { where }) => l10n.t('The rows are empty: there are no classes{0}.', where),
  'one-class': (_, { where }) =>
    l10n.t(
      'There is only one class{0}, so its softmax is always 1. Select rows with at least 2 classes.',
      where,
    ),
  ragged: ({ row, found, expected }, { line }) =>
    row === 1
      ? l10n.t('Row 1 has {0} logits, row 0 has {1} (line {2}).', count(found), count(expected), line)
      : l10n.t(
          'Row {0} has {1} logits, rows 0–{2} have {3} (line {4}).',
          row,
          count(found),
          row - 1,
          count(expected),
          line,
        ),
  'mixed-depth': ({ row }, { line }) =>
    l10n.t('Row {0} isn’t nested like the rows before it (line {1}).', row, line),
  'too-large': ({ bytes }) =>
    l10n.t(
      '{0} MB of logits don’t fit in memory. Save them as a .npy file in C order (row by row), which is read piece by piece.',
      megabytes(bytes),
    ),
  'class-names': ({ found, expected }, { line }) =>
    l10n.t('There are {0} class names for {1} classes (line {2}).', count(found), count(expected), line),
  'class-count': ({ found, expected }, { line }) =>
    l10n.t(
      'The source declares {0} classes, but its logits have {1} (line {2}).',
      count(found),
      count(expected),
      line,
    ),
  'weight-length': ({ found, expected }, { line }) =>
    l10n.t('There are {0} class weights for {1} classes (line {2}).', count(found), count(expected), line),
} satisfies Partial<ProblemSentences>;
