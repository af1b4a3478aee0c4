import { type FileOfRows, type RowsFile, RowsFileError } from './rowsFile.ts';

// In a browser there are no paths: files come as bytes.

export function openRowsFile(_file: FileOfRows, _classes: number): RowsFile {
  throw new RowsFileError('Files can’t be read by their path here');
}

export function readPart(_path: string, _offset: number, _most: number): { bytes: Uint8Array; size: number } {
  throw new RowsFileError('Files can’t be read by their path here');
}
