import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import {
  type FileOfRows,
  type FileStamp,
  type RowsFile,
  RowsFileError,
  type StampedFile,
} from './rowsFile.ts';

// In a browser there are no paths: files come as bytes.

/** Throws RowsFileError. */
export function openRowsFile(_file: FileOfRows): RowsFile {
  throw noPaths();
}

/** Throws RowsFileError. */
export function openBytes(
  _path: string,
  _stamp?: FileStamp,
): ByteSource & { readonly stamp: FileStamp; close(): void } {
  throw noPaths();
}

/** Throws RowsFileError. */
export function checkFile(_file: StampedFile): void {
  throw noPaths();
}

function noPaths(): RowsFileError {
  return new RowsFileError({ reason: 'unreadable', message: 'Files can’t be read by their path here' });
}
