import * as l10n from '@vscode/l10n';
import type { OtherFile } from '../../readers/readProblem.ts';
import { count } from '../../words/numberFormat.ts';
import { quoted, quotedList } from '../../words/quoted.ts';
import type { ProblemSentences } from './sentencePlace.ts';

/** What can be wrong with a file that `torch.save`, `pickle.dump` or `joblib.dump` wrote; or what it is instead. */
export const PICKLE_SENTENCES = {
  'pickle-damaged': ({ flaw, offset }) =>
    flaw === 'end' || flaw === 'length'
      ? l10n.t(
          'The pickle in this file says that more follows than the file has (at byte {0}): it’s truncated or damaged. Save it again.',
          count(offset),
        )
      : l10n.t(
          'This isn’t a pickle that Python writes, or it’s damaged at byte {0}. Save it again with torch.save, pickle.dump or joblib.dump.',
          count(offset),
        ),
  'pickle-feature': ({ found, offset }) =>
    l10n.t(
      'The pickle in this file uses {0} (at byte {1}), which isn’t read: what it stands for isn’t in the file. Save the numbers alone, with torch.save or numpy.save.',
      quoted(found),
      count(offset),
    ),
  'pickle-size': ({ limit }) =>
    l10n.t(
      'The pickle in this file has more than {0} Python objects or numbers in lists, or repeats some of them very many times. Save arrays instead of lists: torch.save(torch.tensor(logits), "logits.pt").',
      count(limit),
    ),
  'pickle-deep': ({ limit }) =>
    l10n.t(
      'The lists and dictionaries in this file are nested more than {0} deep, or contain themselves. Logits usually have 2 axes.',
      count(limit),
    ),
  parameters: ({ names, count: found }, { line, where }) =>
    where !== ''
      ? l10n.t(
          'Line {0} has a model’s parameters, not logits. Run the model and print its outputs: print(model(x)).',
          line,
        )
      : l10n.t(
          'The file has a model’s parameters ({0}: {1} …), not logits. Run the model and save its outputs: torch.save(model(x), "logits.pt").',
          count(found),
          quotedList(names),
        ),
  'training-arguments': ({ key, labelSmoothing }) =>
    key === null || labelSmoothing === null
      ? l10n.t('These are the arguments of a training run, not logits.')
      : l10n.t(
          'These are the arguments of a training run, not logits. {0} is {1}: enter it as α for the outputs of that model.',
          quoted(key),
          // To be entered: all of its digits.
          String(labelSmoothing),
        ),
  'other-file': ({ found }) => OTHER_FILES[found](),
} satisfies Partial<ProblemSentences>;

/** What to do with each kind of file instead. */
const OTHER_FILES: Readonly<Record<OtherFile, () => string>> = {
  torchscript: () =>
    l10n.t(
      'This is a TorchScript model: code, not logits. Run the model and save its outputs: torch.save(model(x), "logits.pt").',
    ),
  'torch-tar': () =>
    l10n.t('This file was saved by PyTorch 0.1, as a tar file. Load it with torch.load and save it again.'),
  zip: () => l10n.t('This is a zip file, but not one that torch.save writes: it has no data.pkl.'),
  npz: () => l10n.t('This is a .npz file with another extension. Rename it.'),
  npy: () => l10n.t('This is a .npy file with another extension. Rename it.'),
  hdf5: () => l10n.t('This is an HDF5 file with another extension. Rename it to .h5.'),
  matlab: () =>
    l10n.t(
      'This is a MATLAB file, which isn’t read. Save the numbers with numpy.save after scipy.io.loadmat.',
    ),
  gzip: () => compressed('gzip'),
  bzip2: () => compressed('bzip2'),
  xz: () => compressed('xz'),
  zstd: () => compressed('Zstandard'),
  lz4: () => compressed('LZ4'),
  'git-lfs': () =>
    l10n.t('This is a Git LFS pointer: the file itself hasn’t been downloaded. Run “git lfs pull”.'),
  raw: () =>
    l10n.t(
      'This is neither a pickle nor a PyTorch file. Raw numbers don’t say what type and shape they have: save them with numpy.save or torch.save.',
    ),
};

function compressed(program: string): string {
  return l10n.t('This file is compressed with {0}, which isn’t read. Decompress it first.', program);
}
