import { Gunzip } from 'fflate/browser';
import type { Work } from '../../../loss/work.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import type { ByteSource } from '../byteSource.ts';
import { Crc32 } from '../npz/crc32.ts';
import { isInflateError } from '../npz/inflate.ts';
import { MOST_RATIO } from '../npz/mostRatio.ts';
import { isBomb } from '../storedArray.ts';

/** Slices that more comes out of are followed by shorter ones. */
const [LEAST_SLICE, FIRST_SLICE, MOST_SLICE] = [1 << 9, 1 << 12, 1 << 18];
const [LITTLE, MUCH] = [1 << 20, 1 << 22];
/** The shortest header, and what follows the bytes of a member: their CRC-32, and how many they are. */
const [HEADER_BYTES, END_BYTES] = [10, 8];

/**
 * All that a gzip file was compressed from, of each of its members; each must have its checksum. Few bytes become very many only with
 * `mayInflate`.
 */
export function* gunzip(source: ByteSource, mayInflate: boolean): Work<Outcome<Uint8Array, ReadProblem>> {
  const { size } = source;
  const not = failure({ reason: 'not-format', offset: 0, format: 'gzip' } as const);
  if (size < HEADER_BYTES + END_BYTES) return not;
  const head = source.read(0, 3);
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) return not;
  const said = wordsOf(source.read(size - 4, 4))[0]!;
  const refused = (expected: number) =>
    failure({ reason: 'inflates', offset: 0, name: 'gzip', bytes: size, expected } as const);
  // What can’t be isn’t believed: the end of a cut file may say anything.
  const isPossible = said <= MOST_RATIO * size;
  if (!mayInflate && isPossible && isBomb({ length: size, size: said })) return refused(said);
  const members = new Members(source, isPossible ? said : 0);
  const gunzip = new Gunzip((bytes) => members.take(bytes));
  gunzip.onmember = (offset) => members.end(offset);
  try {
    for (let done = 0, slice = FIRST_SLICE; done < size; ) {
      yield done / size;
      const before = members.length;
      const bytes = source.read(done, slice);
      done += bytes.length;
      gunzip.push(bytes, done >= size);
      if (!mayInflate && isBomb({ length: size, size: members.length })) return refused(members.length);
      if (members.length - before > MUCH) slice = LEAST_SLICE;
      else if (members.length - before < LITTLE) slice = Math.min(2 * slice, MOST_SLICE);
    }
  } catch (error) {
    if (isInflateError(error)) return failure({ reason: 'bad-deflate', offset: 0 });
    throw error;
  }
  members.end(size);
  return members.areSound ? success(members.bytes) : failure({ reason: 'checksum', offset: 0 });
}

function wordsOf(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, true));
}

/** What came out of the members of a file, one after the other. */
class Members {
  readonly #source: ByteSource;
  #bytes: Uint8Array;
  #crc = new Crc32();
  #start = 0;
  length = 0;
  areSound = true;

  constructor(source: ByteSource, foreseen: number) {
    this.#source = source;
    this.#bytes = new Uint8Array(foreseen);
  }

  take(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.length + bytes.length, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
    this.#crc.push(bytes);
  }

  /** A member ends at this offset of the file. */
  end(offset: number): void {
    const [crc, length] = wordsOf(this.#source.read(offset - END_BYTES, END_BYTES));
    this.areSound &&= crc === this.#crc.value && length === (this.length - this.#start) % 2 ** 32;
    this.#crc = new Crc32();
    this.#start = this.length;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}
