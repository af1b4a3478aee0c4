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
