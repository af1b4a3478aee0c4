// Without the threads of its Node build, which aren't needed here and take time to load.
import { Inflate } from 'fflate/browser';
import type { Work } from '../../loss/work.ts';
import type { ByteSource } from '../arrays/byteSource.ts';
import type { Deflated } from '../arrays/storedArray.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { Crc32 } from './crc32.ts';

/** Deflate makes at most so many bytes of one. */
export const MOST_RATIO = 1032;
const LEAST_SLICE = 512;
const MOST_SLICE = 1 << 16;

/**
 * Inflates a part of a file in slices, each small enough that what comes out of it isn't more than the whole should be. `take` is
 * given the bytes in order, and how many came before. Stops at the first byte that is too many.
 */
export function* inflateWork(
  source: ByteSource,
  { offset, length, size, crc }: Deflated,
  take: (bytes: Uint8Array, before: number) => void,
): Work<Outcome<undefined, ReadProblem>> {
  const checksum = new Crc32();
  let before = 0;
  const inflate = new Inflate((bytes) => {
    if (before + bytes.length <= size) {
      checksum.push(bytes);
      take(bytes, before);
    }
    before += bytes.length;
  });
  const slice = sliceFor(size);
  try {
    for (let done = 0; done < length && before <= size; done += slice) {
      yield done / length;
      inflate.push(source.read(offset + done, Math.min(slice, length - done)), done + slice >= length);
    }
  } catch (error) {
    if (isInflateError(error)) return failure({ reason: 'bad-deflate', offset });
    throw error;
  }
  if (before !== size) return failure({ reason: 'inflated-size', offset, expected: size });
  return checksum.value === crc ? success(undefined) : failure({ reason: 'checksum', offset });
}

/** The first `count` bytes of what comes out, or all if they're fewer; undefined if it can't be inflated. */
export function inflateStart(
  source: ByteSource,
  { offset, length }: Deflated,
  count: number,
): Uint8Array | undefined {
  const start = new Uint8Array(count);
  let before = 0;
  const inflate = new Inflate((bytes) => {
    start.set(bytes.subarray(0, count - before), before);
    before = Math.min(count, before + bytes.length);
  });
  try {
    for (let done = 0; done < length && before < count; done += LEAST_SLICE)
      inflate.push(
        source.read(offset + done, Math.min(LEAST_SLICE, length - done)),
        done + LEAST_SLICE >= length,
      );
  } catch (error) {
    if (isInflateError(error)) return undefined;
    throw error;
  }
  return start.subarray(0, before);
}

function sliceFor(size: number): number {
  return Math.max(LEAST_SLICE, Math.min(MOST_SLICE, Math.floor(size / MOST_RATIO)));
}

/** What fflate throws has a code; what reading the file may throw has another kind of it. */
function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
