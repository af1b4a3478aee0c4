import type { BringBlock } from './runPass.ts';

/** Rows of numbers in a file, in C order. Plain data: each thread opens the file for itself. */
export interface FileOfRows {
  readonly path: string;
  /** Where the first number is, in bytes. */
  readonly offset: number;
  readonly type: FloatType;
  /** The numbers are probabilities: their logarithms are the logits. */
  readonly probabilities: boolean;
}

export type FloatType = '<f4' | '>f4' | '<f8' | '>f8';

export interface RowsFile {
  readonly bring: BringBlock;
  close(): void;
}

/** The file ended, or could not be read, where there should be rows. */
export class RowsFileError extends Error {
  override readonly name = 'RowsFileError';
}

export function bytesOf(type: FloatType): number {
  return type.endsWith('8') ? 8 : 4;
}

/** Turns the bytes of a block into float32. `into` may be those bytes, where they are float32 already. */
export function decode(bytes: Uint8Array, type: FloatType, into: Float32Array): void {
  if (type === '<f4') {
    if (bytes.buffer !== into.buffer) into.set(new Float32Array(bytes.buffer, bytes.byteOffset, into.length));
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = type.startsWith('<');
  if (type.endsWith('8')) for (let i = 0; i < into.length; i++) into[i] = view.getFloat64(8 * i, little);
  else for (let i = 0; i < into.length; i++) into[i] = view.getFloat32(4 * i, little);
}
