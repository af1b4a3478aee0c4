import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { type FileOfRows, type RowsFile, RowsFileError } from './rowsFile.ts';

// In a browser there are no paths: files come as bytes.

export function openRowsFile(_file: FileOfRows, _classes: number): RowsFile {
  throw new RowsFileError('Files can’t be read by their path here');
}

export function openBytes(_path: string): ByteSource & { close(): void } {
  throw new RowsFileError('Files can’t be read by their path here');
}
