import type { Floats } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { bytesOf, decode } from '../../readers/arrays/numberType.ts';
import type { StoredRows } from '../../readers/roles/namedArray.ts';
import { openBytes } from '../measure/rowsFile.node.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';

/** What a file of rows looks like is judged by the first of them: at most so many, of about so many numbers. */
const JUDGED_ROWS = 256;
const JUDGED_NUMBERS = 1 << 15;

/** The first rows of numbers that lie one after the other in a file: (rows, K) float32. */
export function firstRows(
  source: ByteSource,
  { shape, type, offset }: StoredRows & { readonly shape: readonly number[] },
): Float32Array {
  const classes = shape.at(-1)!;
  const all = lengthOf(shape.slice(0, -1));
  const rows = Math.min(all, JUDGED_ROWS, Math.ceil(JUDGED_NUMBERS / classes));
  const judged = new Float32Array(rows * classes);
  decode(source.read(offset, judged.length * bytesOf(type)), type, judged);
  return judged;
}

/** The numbers that logits are judged by: all of them where they're in memory, the first rows of those in a file. Throws RowsFileError. */
export function judgedValues(source: LogitsSource, shape: readonly number[]): Floats {
  if ('values' in source) return source.values;
  const { path, stamp, offset, type } = source.file;
  const bytes = openBytes(path, stamp);
  try {
    return firstRows(bytes, { offset, type, shape });
  } finally {
    bytes.close();
  }
}
