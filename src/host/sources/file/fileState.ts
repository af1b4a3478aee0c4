import { FileSystemError, FileType, type Uri, workspace } from 'vscode';
import { RowsFileError } from '../../../engine/measure/rowsFile.ts';

/** What tells a file from what it was, on any file system. */
export interface FileState {
  readonly uri: string;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
}

/** A file as it is now. Rejects with RowsFileError if it's a folder, or a pipe or device: reading that may never end. */
export async function fileStateOf(uri: Uri): Promise<FileState> {
  const { type, size, mtime, ctime } = await workspace.fs.stat(uri);
  if ((type & FileType.File) === 0)
    throw new RowsFileError({
      reason: 'not-a-file',
      found: (type & FileType.Directory) !== 0 ? 'folder' : 'special',
    });
  return { uri: uri.toString(), size, mtime, ctime };
}

export function isSameState(a: FileState, b: FileState): boolean {
  return a.uri === b.uri && a.size === b.size && a.mtime === b.mtime && a.ctime === b.ctime;
}

/** True for the error of a file that isn't there. */
export function isGone(error: unknown): boolean {
  return error instanceof FileSystemError && error.code === 'FileNotFound';
}
