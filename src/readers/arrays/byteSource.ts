import type { Work } from '../../loss/work.ts';

/** A file, or bytes that are in memory, of which parts are read. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `offset` on: `length` of them, or fewer at the end. May throw what the system throws. */
  read(offset: number, length: number): Uint8Array;
}

/** Bytes that are in memory already. Reading beyond their end gives fewer bytes, as with a file. */
export function inMemory(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(Math.min(offset, bytes.length), offset + length),
  };
}

/** How much is read between two yields. */
const PIECE = 1 << 22;

/** Fills `into` with the bytes from `offset` on, without a second copy of all of them. They have to be there. */
export function* readInto(source: ByteSource, offset: number, into: Uint8Array): Work<void> {
  for (let done = 0; done < into.length; done += PIECE) {
    yield done / into.length;
    into.set(source.read(offset + done, Math.min(PIECE, into.length - done)), done);
  }
}
