import type { Floats } from '../../loss/layout.ts';
import type { NumberType } from '../../readers/arrays/numberType.ts';
import type { BringBlock } from './runPass.ts';

/** Rows of numbers in a file, in C order. Plain data: each thread opens the file for itself. */
export interface FileOfRows {
  readonly path: string;
  /** Where the first number is, in bytes. */
  readonly offset: number;
  readonly type: NumberType;
  /** The numbers are probabilities: their logarithms are the logits. */
  readonly probabilities: boolean;
  /** The logits are divided by it. */
  readonly temperature: number;
}

/** Where the logits of a pass are. */
export type LogitsSource = { readonly values: Floats } | { readonly file: FileOfRows };

export interface RowsFile {
  readonly bring: BringBlock;
  close(): void;
}

/** The file ended, or could not be read, where there should be rows. */
export class RowsFileError extends Error {
  override readonly name = 'RowsFileError';
}

/** True for what reading a file may throw, the system's own errors included. */
export function isFileError(error: unknown): error is Error {
  return error instanceof RowsFileError || (error instanceof Error && 'syscall' in error);
}
