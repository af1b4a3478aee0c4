import type { FileFormat } from '../../../protocol/engineChannel.ts';

/** By their extension. What isn't here is text: JSON, or tensors as they're printed. */
const FORMATS: Readonly<Record<string, FileFormat>> = {
  npy: 'npy',
  npz: 'npz',
  safetensors: 'safetensors',
  csv: 'table',
  tsv: 'table',
};

/** The extensions of files that have logits, as a dialog wants them. The menu of the explorer has the same in package.json. */
export const EXTENSIONS = ['json', 'jsonl', ...Object.keys(FORMATS)];

/** The format of a file of arrays by its name or path; undefined for text. */
export function formatOf(name: string): FileFormat | undefined {
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
}
