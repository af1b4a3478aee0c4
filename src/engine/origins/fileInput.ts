import type { PlacedProblem } from '../../protocol/engineChannel.ts';
import { type ByteSource, inMemory } from '../../readers/arrays/byteSource.ts';
import { checkFile, openBytes } from '../measure/rowsFile.node.ts';
import type { FileStamp, StampedFile } from '../measure/rowsFile.ts';
import { placedProblemOf } from './fileProblems.ts';

/** A file by its path, where a path can be read, or all of its bytes. */
export type FilePlace = { readonly path: string } | { readonly bytes: Uint8Array };

/** A file that is read as what it was when it was opened first, or not at all. */
export class FileInput {
  readonly #place: FilePlace;
  #stamp: FileStamp | undefined;

  constructor(place: FilePlace) {
    this.#place = place;
  }

  /** The file on the disk, once it was opened; undefined if its bytes are in memory. */
  get onDisk(): StampedFile | undefined {
    return 'path' in this.#place && this.#stamp !== undefined
      ? { path: this.#place.path, stamp: this.#stamp }
      : undefined;
  }

  /** All of it, where that is in memory already. */
  get bytes(): Uint8Array | undefined {
    return 'bytes' in this.#place ? this.#place.bytes : undefined;
  }

  /** Opens it to read parts of it. Throws RowsFileError, or what the system throws, if it can't be read as it was. */
  open(): ByteSource & { close(): void } {
    if ('bytes' in this.#place) return { ...inMemory(this.#place.bytes), close() {} };
    const file = openBytes(this.#place.path, this.#stamp);
    this.#stamp = file.stamp;
    return file;
  }

  /** The problem to report if the file has changed. */
  check(): PlacedProblem | undefined {
    try {
      if (this.onDisk) checkFile(this.onDisk);
      return undefined;
    } catch (error) {
      return placedProblemOf(error);
    }
  }
}
