import * as l10n from '@vscode/l10n';
import { megabytes } from '../../words/byteSizes.ts';
import { count, plain } from '../../words/numberFormat.ts';
import { quoted, quotedList } from '../../words/quoted.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with logits, and with what is said of their classes, wherever they were read. */
export const BATCH_SENTENCES = {
  'no-classes': (_, { where }) => l10n.t('The rows are empty: there are no classes{0}.', where),
  'one-class': (_, { where }) =>
    l10n.t(
      'There is only one class{0}, so its softmax is always 1. If this is the output of a binary model, read it as binary. A logit z becomes the two columns 0 and z; a probability p becomes 1 − p and p.',
      where,
    ),
  binary: ({ name, targets, rows }, { where }) =>
    name === ''
      ? l10n.t(
          'These are {0} outputs with a target each in {1}{2}: one output per row, as a binary model has. If they come from one, read them as binary. A logit z becomes the two columns 0 and z; a probability p becomes 1 − p and p.',
          count(rows),
          quoted(targets),
          where,
        )
      : l10n.t(
          '{0} has {1} outputs with a target each in {2}{3}: one output per row, as a binary model has. If they come from one, read them as binary. A logit z becomes the two columns 0 and z; a probability p becomes 1 − p and p.',
          quoted(name),
          count(rows),
          quoted(targets),
          where,
        ),
  'not-probability': ({ name, row, found }, { where }) =>
    l10n.t(
      '{0} should be probabilities, but row {1} has {2}{3}. Probabilities are between 0 and 1; for logits, use a name like “logits”.',
      quoted(name),
      row,
      plain(found),
      where,
    ),
  'not-distribution': ({ name, sum }, { where }) =>
    l10n.t(
      'The rows of {0} are between 0 and 1 but don’t sum to 1; the first sums to {1}{2}. They look like outputs of a sigmoid: for a multi-label loss, add multi-hot targets of the same shape.',
      quoted(name),
      plain(sum),
      where,
    ),
  transposed: (_, { where }) =>
    l10n.t(
      'Each column sums to 1, and the rows don’t: the classes are the rows here{0}. Transpose the array, so that there is a row for each example.',
      where,
    ),
  losses: ({ names }) =>
    l10n.t(
      'This looks like a training log ({0}), not logits. Choose a file with one row of scores per example and one column per class.',
      quotedList(names),
    ),
  'other-classes': ({ row, found }, { where }) =>
    l10n.t(
      'The scores in row {0} are for other classes than those in row 0: {1} is in only one of them{2}. Select rows with the same classes (tokens of logprobs rarely have them).',
      row,
      quoted(found),
      where,
    ),
  ragged: ({ row, found, expected }, { line, where }) =>
    where === ''
      ? l10n.t('Row {0} has {1} logits, but row 0 has {2}.', row, count(found), count(expected))
      : row === 1
        ? l10n.t('Line {2}: row 1 has {0} logits, but row 0 has {1}.', count(found), count(expected), line)
        : l10n.t(
            'Line {4}: row {0} has {1} logits, but rows 0–{2} have {3}.',
            row,
            count(found),
            row - 1,
            count(expected),
            line,
          ),
  'mixed-depth': ({ row }, { where }) =>
    l10n.t('Row {0} isn’t nested like the rows before it{1}.', row, where),
  'too-large': ({ bytes }) =>
    l10n.t(
      '{0} MB of logits don’t fit in memory. Save them as a .npy file in C order (row by row), which is read piece by piece.',
      megabytes(bytes),
    ),
  'class-names': ({ found, expected }, { where }) =>
    l10n.t('There are {0} class names for {1} classes{2}.', count(found), count(expected), where),
  'class-count': ({ found, expected }, { where }) =>
    l10n.t('{0} classes are declared, but the logits have {1}{2}.', count(found), count(expected), where),
  'statistics-field': ({ name }, { where }) =>
    l10n.t(
      'The measured figures need {0}, which is missing or isn’t in the format that docs/scale.md describes{1}. Measure again with the function there.',
      quoted(name),
      where,
    ),
  'statistics-length': ({ name, found, expected }, { where }) =>
    l10n.t(
      'The length of {0} is {1}, but it should be {2}{3}.',
      quoted(name),
      count(found),
      count(expected),
      where,
    ),
  'statistics-row': ({ name, row }, { where }) =>
    l10n.t(
      'Row {1}: {0} contradicts the other statistics of the row{2}. Measure again with the function in docs/scale.md.',
      quoted(name),
      row,
      where,
    ),
  'impossible-sums': ({ name }, { where }) =>
    l10n.t(
      '{0} contradicts the other sums{1}. Measure again with the function in docs/scale.md.',
      quoted(name),
      where,
    ),
  'needs-logits': () =>
    l10n.t(
      'The logits aren’t available, only what was measured of them. Measure again where the logits are, with the setting you need.',
    ),
  'weight-length': ({ found, expected }, { where }) =>
    l10n.t('There are {0} class weights for {1} classes{2}.', count(found), count(expected), where),
} satisfies Partial<ProblemSentences>;
