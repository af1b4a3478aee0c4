import type { FileFormat } from '../protocol/engineChannel.ts';
import type { OtherFormat } from '../readers/readProblem.ts';

/** By their extension. What isn't here is text: JSON, or tensors as they're printed. */
const FORMATS: Readonly<Record<string, Exclude<FileFormat, 'text'>>> = {
  npy: 'npy',
  npz: 'npz',
  safetensors: 'safetensors',
  pt: 'pickle',
  pth: 'pickle',
  bin: 'pickle',
  pkl: 'pickle',
  pickle: 'pickle',
  p: 'pickle',
  joblib: 'pickle',
  csv: 'table',
  tsv: 'table',
  parquet: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
  h5: 'hdf5',
  hdf5: 'hdf5',
};

/** What may be compressed as a whole: "logits.csv.gz". */
const IN_GZIP: Readonly<Record<string, FileFormat>> = {
  csv: 'table',
  tsv: 'table',
  json: 'text',
  jsonl: 'text',
  npy: 'npy',
  pkl: 'pickle',
  pickle: 'pickle',
};

/** Extensions of files that aren't read, and what those are. */
const OTHERS: Readonly<Record<string, OtherFormat>> = {
  mat: 'matlab',
  xlsx: 'excel',
  xls: 'excel',
  bz2: 'bzip2',
  xz: 'xz',
  zst: 'zstd',
  zip: 'zip',
  raw: 'numpy-raw',
  onnx: 'onnx',
  tfrecord: 'tfrecord',
  tfrecords: 'tfrecord',
  wandb: 'wandb',
  db: 'sqlite',
  sqlite: 'sqlite',
};

/** The extensions of files that have logits, as a dialog wants them. The menu of the explorer has the same in package.json. */
export const EXTENSIONS = [
  'json',
  'jsonl',
  ...Object.keys(FORMATS),
  ...Object.keys(IN_GZIP).map((extension) => `${extension}.gz`),
];

/** What a file is read as. */
export interface FormatOfFile {
  readonly format: FileFormat;
  readonly gzip?: true;
}

/** The format of a file of arrays by its name or path; undefined for text. */
export function formatOf(name: string): FormatOfFile | undefined {
  const [extension, before] = extensionsOf(name);
  if (extension === 'gz') {
    const format = own(IN_GZIP, before);
    return format && { format, gzip: true };
  }
  const format = own(FORMATS, extension);
  return format && { format };
}

/** What a file is that isn't read, by its name or path; undefined if that says nothing. */
export function otherFormatOf(name: string): OtherFormat | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (/^events\.out\.tfevents\./.test(base)) return 'tensorboard';
  if (base === 'trainer_state.json') return 'trainer-state';
  const [extension, before] = extensionsOf(name);
  return own(OTHERS, extension === 'gz' ? before : extension);
}

/** The last extension, and the one before it: "gz" and "csv". */
function extensionsOf(name: string): readonly [last: string, before: string] {
  const parts = name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .split('.')
    .slice(1);
  return [parts.at(-1) ?? '', parts.at(-2) ?? ''];
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
