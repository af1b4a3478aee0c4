import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { LostFile } from '../../protocol/engineChannel.ts';
import type { NumberType } from '../../readers/arrays/numberType.ts';
import type { BringBlock } from './passes/runPass.ts';

/** Tells one state of a file from another: its size, and when it was changed. */
export type FileStamp = string;

/** A file as it was when it was opened first. With another stamp it's a different file, and isn't read. */
export interface StampedFile {
  readonly path: string;
  readonly stamp: FileStamp;
}

/** Rows of numbers in a file, in C order. Plain data: each thread opens the file for itself. */
export interface FileOfRows extends StampedFile {
  /** Where the first number is, in bytes. */
  readonly offset: number;
  readonly type: NumberType;
  /** The numbers are probabilities: their logarithms are the logits. */
  readonly probabilities: boolean;
  /** They are a sigmoid's: ln p − ln(1 − p) are the logits. */
  readonly sigmoid?: boolean;
  /** The logits are divided by it. */
  readonly temperature: number;
  /** Before that the largest of its row is taken off each: see `temperedWork`. */
  readonly fromLargest?: boolean;
}

/** Where the logits of a pass are. */
export type LogitsSource =
  | { readonly values: Floats; readonly temperature?: number }
  | { readonly file: FileOfRows };

/** A file of rows that is open for a pass, and has to be closed after it. */
export interface RowsFile {
  /** Throws RowsFileError if the file has changed; nothing read from it is used then. */
  readonly bring: BringBlock;
  close(): void;
}

/** A file can't be read, or not as what it was. */
export class RowsFileError extends Error {
  override readonly name = 'RowsFileError';
  readonly problem: LostFile;

  constructor(problem: LostFile) {
    super(problem.reason === 'unreadable' ? problem.message : problem.reason);
    this.problem = problem;
  }
}

/** What is wrong with a file, of what reading it may throw, the system's own errors included; undefined of other errors. */
export function fileProblemOf(error: unknown): LostFile | undefined {
  if (error instanceof RowsFileError) return error.problem;
  const isSystemError = error instanceof Error && 'syscall' in error;
  return isSystemError ? { reason: 'unreadable', message: error.message } : undefined;
}
