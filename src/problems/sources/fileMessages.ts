import * as l10n from '@vscode/l10n';
import type { ArrayFileFormat } from '../../readers/readProblem.ts';
import { count } from '../../words/numberFormat.ts';
import { describeFormat } from './formatMessages.ts';
import { PICKLE_SENTENCES } from './pickleMessages.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with a file whatever is in it, and with a file of arrays as such. */
export const FILE_SENTENCES = {
  unreadable: ({ message }) => l10n.t('This file can’t be read: {0}', message),
  changed: () => l10n.t('The file changed while it was being read. Try again once it’s complete.'),
  'not-a-file': ({ found }) =>
    found === 'folder'
      ? l10n.t('This is a folder, not a file.')
      : l10n.t('This is a pipe, a socket or a device, not a file.'),
  'not-format': ({ format }) => {
    const [name, writer] = FORMATS[format];
    return l10n.t('This isn’t a {0} file, or its header is damaged. Save it again with {1}.', name, writer);
  },
  damaged: () =>
    l10n.t('The file is damaged: something in it isn’t where, or what, the file says. Save it again.'),
  codec: ({ found }) =>
    found === 'encrypted'
      ? l10n.t('The file is encrypted. Save it without encryption.')
      : l10n.t(
          'The numbers are stored with {0}, which isn’t supported. Save the file again with another compression, such as snappy or gzip.',
          found,
        ),
  'other-format': ({ format }) => describeFormat(format),
  ...PICKLE_SENTENCES,
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

/** What a format is called, and what writes it. */
const FORMATS: Readonly<Record<ArrayFileFormat, readonly [name: string, writer: string]>> = {
  npy: ['.npy', 'numpy.save'],
  npz: ['.npz', 'numpy.savez'],
  safetensors: ['.safetensors', 'safetensors.torch.save_file'],
  pt: ['.pt', 'torch.save'],
  parquet: ['Parquet', 'DataFrame.to_parquet'],
  arrow: ['Arrow', 'DataFrame.to_feather'],
  hdf5: ['HDF5', 'h5py.File'],
  gzip: ['gzip', 'gzip.open'],
};
