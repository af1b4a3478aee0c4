import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { bytesOf, decode, isNative } from '../../readers/arrays/numberType.ts';
import { rowsOfBlock } from './pass.ts';
import { type FileOfRows, type RowsFile, RowsFileError } from './rowsFile.ts';

/** Opens a file for one thread, which reads it block by block into the same buffer: it is never held as a whole. */
export function openRowsFile(
  { path, offset, type, probabilities, temperature }: FileOfRows,
  classes: number,
): RowsFile {
  const descriptor = openSync(path, 'r');
  const size = bytesOf(type);
  const direct = isNative(type);
  const buffer = direct ? undefined : new Uint8Array(size * rowsOfBlock(classes) * classes);
  return {
    bring({ first, rows }, into) {
      const bytes = buffer?.subarray(0, size * rows * classes);
      readFully(descriptor, bytes ?? into, offset + size * first * classes);
      if (bytes) decode(bytes, type, into);
      if (probabilities) for (let i = 0; i < into.length; i++) into[i] = Math.log(into[i]!);
      if (temperature !== 1) for (let i = 0; i < into.length; i++) into[i]! /= temperature;
    },
    close: () => closeSync(descriptor),
  };
}

function readFully(descriptor: number, into: Uint8Array | Float32Array, position: number): void {
  for (let done = 0; done < into.byteLength; ) {
    const read = readSync(descriptor, into, done, into.byteLength - done, position + done);
    if (read === 0) throw new RowsFileError(`The file ends at byte ${position + done}`);
    done += read;
  }
}

/** Opens a file to read parts of it. Throws what Node throws if it can't be read. */
export function openBytes(path: string): ByteSource & { close(): void } {
  const descriptor = openSync(path, 'r');
  const { size } = fstatSync(descriptor);
  return {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      readFully(descriptor, bytes, offset);
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}
