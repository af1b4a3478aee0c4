import * as l10n from '@vscode/l10n';
import type { OtherFormat } from '../../readers/readProblem.ts';

/** Why a file of a format that isn't read isn't, and what can be done. */
export function describeFormat(format: OtherFormat): string {
  return SENTENCES[format]();
}

const SENTENCES: Readonly<Record<OtherFormat, () => string>> = {
  'feather-1': () =>
    l10n.t('Version 1 of Feather isn’t supported. Save the file again with DataFrame.to_feather.'),
  matlab: () =>
    l10n.t(
      'MATLAB files (.mat) aren’t supported. Save the logits as .npy or .csv: numpy.save("logits.npy", scipy.io.loadmat(…)["logits"]), or writematrix in MATLAB.',
    ),
  excel: () => l10n.t('Excel workbooks aren’t supported. Save the sheet as .csv.'),
  bzip2: () => compressed('bzip2'),
  xz: () => compressed('xz'),
  zstd: () => compressed('Zstandard'),
  zip: () => l10n.t('Zip archives aren’t supported, other than .npz and .pt. Unpack the archive first.'),
  'numpy-raw': () =>
    l10n.t(
      'Raw numbers without a header say neither their type nor their shape. Save them with numpy.save or torch.save.',
    ),
  onnx: () =>
    l10n.t('This is a model (ONNX), not logits. Save what the model computes, as .npy for example.'),
  tfrecord: () =>
    l10n.t('TFRecord files aren’t supported: they hold examples, not arrays. Save the logits as .npy.'),
  tensorboard: () => training(l10n.t('TensorBoard events')),
  wandb: () => training(l10n.t('a Weights & Biases run')),
  sqlite: () => training(l10n.t('an SQLite database, as MLflow keeps')),
  'label-studio': () =>
    l10n.t(
      'This is an export of Label Studio: it has what people chose, but no scores of all classes. Save what the model computes for these tasks, with their labels beside it.',
    ),
  'trainer-state': () => training(l10n.t('the log of a Hugging Face Trainer')),
};

function compressed(name: string): string {
  return l10n.t(
    'Files compressed with {0} aren’t supported. Decompress the file first, or compress it with gzip.',
    name,
  );
}

function training(what: string): string {
  return l10n.t('This is a training log ({0}): it has losses and metrics, not logits.', what);
}
