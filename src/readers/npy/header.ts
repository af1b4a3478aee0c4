import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { bytesOf, FLOAT_TYPES, type FloatType } from './floats.ts';

/** What a .npy file says about its array. */
export interface NpyHeader {
  readonly type: FloatType;
  readonly shape: readonly number[];
  /** Stored with the first axis moving fastest. */
  readonly fortran: boolean;
  /** Where the numbers begin, in bytes. */
  readonly offset: number;
}

/** A header is never longer: NumPy itself refuses one of more than 10,000 characters. */
export const HEADER_BYTES = 1 << 14;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads the header of a .npy file of `size` bytes from its first `HEADER_BYTES`: versions 1 to 3 of the format that
 * `numpy.lib.format` describes. The header is a Python literal; nothing of it is evaluated.
 */
export function readNpyHeader(head: Uint8Array, size: number): Outcome<NpyHeader, ReadProblem> {
  const version = head[6];
  if (MAGIC.some((byte, i) => head[i] !== byte) || version === undefined || version < 1 || version > 3)
    return failure({ reason: 'not-npy', offset: 0 });
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const start = version === 1 ? 10 : 12;
  if (head.length < start) return failure({ reason: 'not-npy', offset: 0 });
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const offset = start + length;
  if (offset > head.length) return failure({ reason: 'not-npy', offset: start });
  const text = new TextDecoder().decode(head.subarray(start, offset));
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const axes = /'shape':\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (fortran === undefined || axes === undefined) return failure({ reason: 'not-npy', offset: start });
  const known = FLOAT_TYPES.find((each) => each === type);
  if (!known) return failure({ reason: 'npy-type', offset: start, found: type ?? 'a structured array' });
  const shape = axes
    .split(',')
    .filter((axis) => axis.trim() !== '')
    .map(Number);
  const expected = offset + bytesOf(known) * shape.reduce((a, b) => a * b, 1);
  if (size !== expected) return failure({ reason: 'npy-size', offset, found: size, expected });
  return success({ type: known, shape, fortran: fortran === 'True' && shape.length > 1, offset });
}
