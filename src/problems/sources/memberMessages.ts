import * as l10n from '@vscode/l10n';
import type { UnreadableType } from '../../readers/readProblem.ts';
import { megabytes } from '../../words/byteSizes.ts';
import { count } from '../../words/numberFormat.ts';
import { quoted, quotedList } from '../../words/quoted.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with one array of a source: which one it is, its type, and how it's stored. */
export const MEMBER_SENTENCES = {
  several: ({ candidates }) =>
    candidates.length === 1
      ? l10n.t(
          'Nothing says whether these numbers are logits. Run “Smooth labels” again to choose them, or name them “logits”.',
        )
      : l10n.t('There are several arrays: {0}. Choose one.', quotedList(candidates.map(({ name }) => name))),
  'no-member': ({ name, members }) =>
    l10n.t('There is no array {0}. The file has {1}.', quoted(name), quotedList(members)),
  'array-type': ({ kind, found }) => TYPES[kind](quoted(found)),
  'missing-value': ({ name, row }) =>
    l10n.t(
      'Row {0} of “{1}” has no value where a number is expected. Remove the row, or fill it in.',
      count(row),
      name,
    ),
  'row-length': ({ name, row, found, expected }) =>
    l10n.t(
      'Row {0} of “{1}” has {2} numbers, but the first row has {3}. All rows need one for each class.',
      count(row),
      name,
      count(found),
      count(expected),
    ),
  axes: ({ found, limit }) =>
    l10n.t(
      'The array has {0} axes; at most {1} are supported. Logits usually have 2.',
      count(found),
      count(limit),
    ),
  'zip-method': ({ found }) =>
    found === 'encrypted'
      ? l10n.t('The array is encrypted. Save it with numpy.savez.')
      : l10n.t(
          'The array is compressed with {0}. Save it with numpy.savez_compressed, which uses deflate.',
          found,
        ),
  'zip-entry': ({ name }) =>
    l10n.t('The array “{0}” isn’t where the file says it is: the file is truncated or damaged.', name),
  'zip-overlap': ({ name }) =>
    l10n.t(
      'The array “{0}” shares its bytes with another part of the file. Such files aren’t read, because a few bytes could fill the memory. Save it again with numpy.savez_compressed.',
      name,
    ),
  inflates: ({ name, bytes, expected }) =>
    l10n.t(
      'The array “{0}” takes {1} MB in the file and {2} MB decompressed. It’s read only if you agree.',
      name,
      megabytes(bytes),
      megabytes(expected),
    ),
  'bad-deflate': () => l10n.t('The array can’t be decompressed: the file is damaged. Save it again.'),
  'inflated-size': ({ expected }) =>
    l10n.t(
      'The decompressed array isn’t the {0} bytes that the file declares: the file is damaged. Save it again.',
      count(expected),
    ),
  checksum: () => l10n.t('The array’s checksum doesn’t match: the file is damaged. Save it again.'),
  'tensor-place': ({ name }) =>
    l10n.t(
      'The numbers of “{0}” aren’t where the file says they are, or some are missing: the file is truncated or damaged. Save it again.',
      name,
    ),
} satisfies Partial<ProblemSentences>;

const TYPES: Readonly<Record<UnreadableType['kind'], (found: string) => string>> = {
  object: () =>
    l10n.t(
      'The array’s Python objects aren’t numbers, or lists or arrays of numbers. Save numbers: numpy.save("logits.npy", logits.astype(numpy.float32)).',
    ),
  structured: () =>
    l10n.t('The array is structured, with named fields. Save the logits alone, as numpy.float32.'),
  raw: (found) =>
    l10n.t(
      'The array’s type is {0}: raw bytes, which may be bfloat16 or anything else. Save logits.astype(numpy.float32).',
      found,
    ),
  frame: (found) =>
    l10n.t(
      'The file holds {0} in a form that isn’t read, such as one with several levels of column names. Save it as a table: frame.to_parquet("logits.parquet") or frame.to_csv("logits.csv").',
      found,
    ),
  library: (found) =>
    l10n.t(
      'The file holds {0}, which isn’t a plain array. Save its numbers: torch.save(logits.to_dense(), "logits.pt"), or numpy.save("logits.npy", array).',
      found,
    ),
  other: (found) =>
    l10n.t('The array’s type is {0}, but logits are real numbers. Save them as float32.', found),
};
