import { l10n } from 'vscode';
import { count } from '../../words/numberFormat.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with a file whatever is in it, and with a file of arrays as such. */
export const FILE_SENTENCES = {
  unreadable: ({ message }) => l10n.t('This file can’t be read: {0}', message),
  changed: () => l10n.t('The file changed while it was being read. Try again once it’s complete.'),
  'not-a-file': ({ found }) =>
    found === 'folder'
      ? l10n.t('This is a folder, not a file.')
      : l10n.t('This is a pipe, a socket or a device, not a file.'),
  'not-format': ({ format }) =>
    l10n.t(
      'This isn’t a .{0} file, or its header is damaged. Save it again with {1}.',
      format,
      WRITERS[format],
    ),
  'file-size': ({ found, expected }) =>
    l10n.t(
      'The file has {0} bytes, but its header declares {1}: it’s truncated or damaged. Save it again.',
      count(found),
      count(expected),
    ),
  'no-arrays': ({ members }) =>
    members.length > 0
      ? l10n.t('The file has no arrays, only {0}.', members.join(', '))
      : l10n.t('The file has no arrays.'),
  twice: ({ name }) =>
    l10n.t(
      'The file has two entries named “{0}”, so it isn’t clear which to use. Save it again with different names.',
      name,
    ),
} satisfies Partial<ProblemSentences>;

const WRITERS = {
  npy: 'numpy.save',
  npz: 'numpy.savez',
  safetensors: 'safetensors.torch.save_file',
} as const;
