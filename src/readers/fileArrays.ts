import type { Work } from '../loss/work.ts';
import type { ByteSource } from './arrays/byteSource.ts';
import { type ArrayFormat, type ListsArrays, listArrays } from './arrays/listArrays.ts';
import { HEADER_BYTES, readNpyHeader } from './arrays/npy/npyHeader.ts';
import { namedArraysOf, type StoredOptions } from './arrays/storedArrays.ts';
import { failure, type Outcome, success } from './outcome.ts';
import { pickleArrays } from './pickle/pickleArrays.ts';
import type { ReadProblem } from './readProblem.ts';
import type { NamedArray } from './roles/namedArray.ts';

/** What files are arrays in, by the names of their readers. */
export type ArraysFormat = ArrayFormat | 'pickle';

/** True for a format that is read without a library. */
export function isArraysFormat(format: string): format is ArraysFormat {
  return /^(?:npy|npz|safetensors|pickle)$/.test(format);
}

/**
 * The arrays of a file, in its order: what there is to choose logits from, and what an overview shows. Numbers stay in the file until
 * they're loaded. An array that can't be read says why; a file that can't is the problem.
 */
export function* fileArrays(
  source: ByteSource,
  format: ArraysFormat | ListsArrays,
  options: StoredOptions = {},
): Work<Outcome<readonly NamedArray[], ReadProblem>> {
  const { mayInflate = false, member } = options;
  if (format === 'pickle') return yield* pickleArrays(source, { mayInflate, member });
  const objects = format === 'npy' ? objectsAt(source) : undefined;
  if (objects !== undefined) return yield* pickleArrays(source, { start: objects, mayInflate });
  const entries = yield* listArrays(source, format);
  if (!entries.ok) return entries;
  if (entries.value.length === 0) return failure({ reason: 'no-arrays', offset: 0, members: [] });
  const arrays = yield* namedArraysOf(source, entries.value, options);
  const [only] = arrays;
  // Of a .npy file nothing is known without its header.
  if (only?.content.kind === 'flawed' && only.content.problem.reason === 'not-format')
    return failure(only.content.problem);
  return success(arrays);
}

/** Where the pickle is of a .npy file that has objects instead of numbers, as `numpy.save` makes of a dictionary; undefined if it has numbers. */
function objectsAt(source: ByteSource): number | undefined {
  return readNpyHeader(source.read(0, HEADER_BYTES), source.size).objectsAt;
}
