import { portion, type Work } from '../../loss/work.ts';
import type { LibraryName } from '../../protocol/engineChannel.ts';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import type { ListsArrays } from '../../readers/arrays/listArrays.ts';
import type { ArrayEntry } from '../../readers/arrays/storedArray.ts';
import { columnEntries } from '../../readers/columnar/columnEntries.ts';
import type { OpensColumns } from '../../readers/columnar/columnFile.ts';
import { type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/readProblem.ts';

/** A bundle that reads files of a format with a library: of columns, or of arrays. */
export type FormatReader =
  | { readonly openParquet: OpensColumns }
  | { readonly openArrow: OpensColumns }
  | { readonly listHdf: ListsArrays };

/** The bundles that read files, each loaded when it's asked for. */
export interface Libraries {
  /** Throws where it can't be loaded. */
  get(name: LibraryName): FormatReader;
  /** Takes the text of a bundle, where the engine has no files. */
  add(name: LibraryName, script: string): void;
}

/** For an engine that reads no such files. */
export const NO_LIBRARIES: Libraries = {
  get(name) {
    throw new Error(`The reader of ${name} isn't loaded`);
  },
  add() {},
};

/** The arrays of a file, by the bundle that reads its format. */
export function* listWith(
  library: FormatReader,
  source: ByteSource,
): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  if ('listHdf' in library) return yield* library.listHdf(source);
  const open = 'openParquet' in library ? library.openParquet : library.openArrow;
  const file = yield* portion(open(source), 0, 0.5);
  return file.ok ? success(yield* portion(columnEntries(file.value), 0.5, 1)) : file;
}
