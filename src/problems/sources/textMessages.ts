import * as l10n from '@vscode/l10n';
import type { Expected, ExpectedSetting } from '../../readers/readProblem.ts';
import { gigabytes } from '../../words/byteSizes.ts';
import { count } from '../../words/numberFormat.ts';
import { quoted, quotedList } from '../../words/quoted.ts';
import { PRINT_ALL } from './printAll.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with text: JSON, tables, printed tensors. */
export const TEXT_SENTENCES = {
  empty: () => l10n.t('There is nothing to read. Select logits, like [[1.2, -0.3, 0.5]].'),
  syntax: ({ found, expected }, { line }) =>
    l10n.t('Line {0}: expected {2}, found {1}.', line, quoted(found), EXPECTED[expected]()),
  truncated: ({ openedPlace }) =>
    l10n.t(
      'The text ends inside the value that begins on line {0}. Select it to its end.',
      (openedPlace?.line ?? 0) + 1,
    ),
  'too-deep': ({ limit }, { line }) =>
    l10n.t(
      'Line {0}: brackets are nested more than {1} deep. Logits usually have 2 axes.',
      line,
      count(limit),
    ),
  'no-logits': ({ keys }) =>
    keys.length > 0
      ? l10n.t(
          'No logits found under the names {0}. Name them “logits”, or select just the numbers.',
          quotedList(keys),
        )
      : l10n.t('No logits found. Select numbers, like [[1.2, -0.3, 0.5]], or an object with “logits”.'),
  'not-a-number': ({ found }, { line, where }) =>
    where === ''
      ? l10n.t('{0} isn’t a number. Logits are numbers, NaN, Infinity or -Infinity.', quoted(found))
      : l10n.t(
          'Line {0}: {1} isn’t a number. Logits are numbers, NaN, Infinity or -Infinity.',
          line,
          quoted(found),
        ),
  'decimal-comma': ({ found }, { line }) =>
    l10n.t(
      'Line {0}: in {1}, the comma or point may stand before decimals, between thousands or between two numbers. Write numbers with decimal points, and columns with names.',
      line,
      quoted(found),
    ),
  fields: ({ found, expected }, { line }) =>
    l10n.t('Line {0} has {1} fields, but the lines before it have {2}.', line, count(found), count(expected)),
  columns: ({ limit }, { line }) =>
    l10n.t(
      'Line {0} has more than {1} fields, the most a table can have. Save the logits as a .npy file instead.',
      line,
      count(limit),
    ),
  'summary-row': ({ found }, { where }) =>
    l10n.t(
      'The last row, {0}, looks like a summary of the others{1}. Remove it, so that it isn’t counted as an example.',
      quoted(found),
      where,
    ),
  'empty-field': ({ column }, { line }) => l10n.t('Line {0}: the field {1} is empty.', line, quoted(column)),
  summarised: ({ printer }, { line }) =>
    l10n.t(
      'The “...” on line {0} stands for numbers that weren’t printed. To print them all, run {1}, then print the tensor again.',
      line,
      PRINT_ALL[printer],
    ),
  cut: ({ found }, { line }) =>
    l10n.t(
      'Line {0} was shortened: {1} isn’t a number, and some of the numbers are missing. Print the tensor in full (pytest -vv), then copy it again.',
      line,
      quoted(found),
    ),
  sparse: ({ count: found, limit }, { line }) =>
    l10n.t(
      'The sparse tensor on line {0} would have {1} numbers; up to {2} can be read from its print. Save tensor.to_dense() as a .npy file instead.',
      line,
      count(found),
      count(limit),
    ),
  pages: ({ name, shape }, { line }) =>
    l10n.t(
      'Line {0}: {1} has the shape {2}, and MATLAB doesn’t show which axis has the classes. Show a matrix with one column per class; if the last axis has them, that is reshape({3}, [], {4}).',
      line,
      quoted(name),
      shape.join(' × '),
      name,
      shape.at(-1)!,
    ),
  'shape-count': ({ name, shape, found }, { line }) =>
    l10n.t(
      'Line {0}: {1} has {2} numbers, but its shape {3} needs {4}.',
      line,
      quoted(name),
      count(found),
      shape.join(' × '),
      count(shape.reduce((product, axis) => product * axis, 1)),
    ),
  computed: ({ found }, { line }) =>
    l10n.t(
      'The code on line {0} computes new numbers from those written there ({1}), and code isn’t run. Select just the list to read it as written.',
      line,
      quoted(found),
    ),
  'bad-setting': ({ key, found, expected }, { line, where }) =>
    where === ''
      ? l10n.t('“{0}” is {1}; expected {2}.', key, found, EXPECTED_SETTING[expected]())
      : l10n.t('Line {0}: “{1}” is {2}; expected {3}.', line, key, found, EXPECTED_SETTING[expected]()),
  'text-size': ({ format, bytes, limit }) =>
    format === 'table'
      ? l10n.t(
          'The table is {0} GB, but a table must fit in memory, and at most {1} GB are read. Convert it to a .npy file, which is read piece by piece: numpy.save("logits.npy", numpy.loadtxt("table.csv", delimiter=",", skiprows=1, dtype="float32")).',
          gigabytes(bytes),
          gigabytes(limit),
        )
      : l10n.t(
          'The file is {0} GB, but text must fit in memory, and at most {1} GB are read. Save the logits as a .npy file, which is read piece by piece: numpy.save("logits.npy", logits).',
          gigabytes(bytes),
          gigabytes(limit),
        ),
} satisfies Partial<ProblemSentences>;

const EXPECTED: Readonly<Record<Expected, () => string>> = {
  value: () => l10n.t('a value'),
  comma: () => l10n.t('a comma or the end of the list'),
  colon: () => l10n.t('a colon'),
  key: () => l10n.t('a key in quotes'),
  'end-quote': () => l10n.t('the closing quote of a string'),
};

const EXPECTED_SETTING: Readonly<Record<ExpectedSetting, () => string>> = {
  'whole-number': () => l10n.t('a whole number'),
  int32: () => l10n.t('a whole number from −2147483648 to 2147483647'),
  'zero-to-one': () => l10n.t('a number from 0 to 1'),
  weights: () => l10n.t('a list of numbers, 0 or more'),
  reduction: () => l10n.t('“mean”, “sum” or “none”'),
};
