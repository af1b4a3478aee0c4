import type { Work } from '../../loss/work.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import type { ByteSource } from './byteSource.ts';
import { listNpy } from './npy/npyHeader.ts';
import { listNpz } from './npz/listNpz.ts';
import { listSafetensors } from './safetensors/listSafetensors.ts';
import type { ArrayEntry } from './storedArray.ts';

export type ArrayFormat = 'npy' | 'npz' | 'safetensors';

/** Lists the arrays of a format of its own. */
export type ListsArrays = (source: ByteSource) => Work<Outcome<readonly ArrayEntry[], ReadProblem>>;

/** NumPy's own limit. */
const MOST_AXES = 64;

/** The arrays of a file, in its order. Of their numbers none is read. */
export function* listArrays(
  source: ByteSource,
  format: ArrayFormat | ListsArrays,
): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  yield 0;
  const arrays = yield* listEntries(source, format);
  return arrays.ok ? success(arrays.value.map(withinLimits)) : arrays;
}

function* listEntries(
  source: ByteSource,
  format: ArrayFormat | ListsArrays,
): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  if (typeof format === 'function') return yield* format(source);
  if (format === 'npy') return success([listNpy(source, 'array')]);
  return format === 'npz' ? yield* listNpz(source) : yield* listSafetensors(source);
}

function withinLimits(entry: ArrayEntry): ArrayEntry {
  const found = entry.shape.length;
  if (found <= MOST_AXES) return entry;
  return {
    ...entry,
    shape: [],
    content: failure({ reason: 'axes', offset: 0, found, limit: MOST_AXES }),
  };
}
