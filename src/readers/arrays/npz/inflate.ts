// Without the threads of its Node build, which aren't needed here and take time to load.
import { Inflate, inflateSync } from 'fflate/browser';
import type { Work } from '../../../loss/work.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import type { ByteSource } from '../byteSource.ts';
import type { Deflated } from '../storedArray.ts';
import { Crc32 } from './crc32.ts';
import { MOST_RATIO } from './mostRatio.ts';

const LEAST_SLICE = 512;
const MOST_SLICE = 1 << 13;
/** If more comes out of a slice, those after it are shorter, until less does. */
const MUCH = 1 << 21;
const LITTLE = 1 << 17;

/**
 * Inflates a part of a file in slices, each small enough that what comes out of it isn't more than the whole should be. `take` is
 * given the bytes in order, and how many came before. Stops at the first byte that is too many.
 */
export function* inflate(
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
  const longest = sliceFor(size);
  let slice = longest;
  try {
    for (let done = 0; done < length && before <= size; ) {
      yield done / length;
      const [from, sooner] = [done, before];
      done = Math.min(done + slice, length);
      inflate.push(source.read(offset + from, done - from), done === length);
      if (before - sooner > MUCH) slice = LEAST_SLICE;
      else if (before - sooner < LITTLE) slice = Math.min(2 * slice, longest);
    }
  } catch (error) {
    if (isInflateError(error)) return failure({ reason: 'bad-deflate', offset });
    throw error;
  }
  if (before !== size) return failure({ reason: 'inflated-size', offset, expected: size });
  return crc === undefined || checksum.value === crc
    ? success(undefined)
    : failure({ reason: 'checksum', offset });
}

/** The first `count` bytes of what comes out, or all if they're fewer; undefined if it can't be inflated. */
export function* inflateStart(
  source: ByteSource,
  { offset, length, size }: Deflated,
  count: number,
): Work<Uint8Array | undefined> {
  const start = new Uint8Array(Math.min(count, size));
  if (size <= count && length <= count) return inflateWhole(source.read(offset, length), start);
  let before = 0;
  const inflate = new Inflate((bytes) => {
    start.set(bytes.subarray(0, start.length - before), before);
    before = Math.min(start.length, before + bytes.length);
  });
  try {
    for (let done = 0; done < length && before < start.length; done += LEAST_SLICE) {
      // As a rule all comes out of the first slice.
      if (done > 0 && done % MOST_SLICE === 0) yield done / length;
      inflate.push(
        source.read(offset + done, Math.min(LEAST_SLICE, length - done)),
        done + LEAST_SLICE >= length,
      );
    }
  } catch (error) {
    if (isInflateError(error)) return undefined;
    throw error;
  }
  return start.subarray(0, before);
}

/** What a small entry inflates to, as far as it has room in `into`: without what it takes to go on later. */
function inflateWhole(bytes: Uint8Array, into: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(bytes, { out: into });
  } catch (error) {
    if (isInflateError(error)) return undefined;
    throw error;
  }
}

function sliceFor(size: number): number {
  return Math.max(LEAST_SLICE, Math.min(MOST_SLICE, Math.floor(size / MOST_RATIO)));
}

/** True for what fflate throws: it has a code; what reading the file may throw has another kind of it. */
export function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
