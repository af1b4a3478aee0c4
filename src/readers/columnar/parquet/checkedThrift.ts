import { damagedFile } from '../damaged.ts';

/** Parquet's own structures are at most seven deep. */
const MOST_DEPTH = 24;
const LONGEST_VARINT = 10;

const [STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, , STRUCT] = Array.from(
  { length: 13 },
  (_, type) => type,
);

/**
 * The end of a structure in Thrift's compact protocol that begins at `start`: walked without keeping any of it, so that whoever parses it
 * meets no length that isn't there. Throws Unreadable if it isn't one, and undefined comes if it goes on after the last byte.
 */
export function endOfThrift(bytes: Uint8Array, start: number): number | undefined {
  const walk = new Walk(bytes, start);
  try {
    walk.struct(0);
    return walk.offset;
  } catch (error) {
    if (error === BEYOND) return undefined;
    throw error;
  }
}

const BEYOND = new Error('Beyond the last byte');

class Walk {
  readonly #bytes: Uint8Array;
  offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  struct(depth: number): void {
    if (depth > MOST_DEPTH) throw damagedFile(this.offset);
    for (;;) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === STOP) return;
      if (head >> 4 === 0) this.#varint();
      this.#value(type, depth);
    }
  }

  #value(type: number, depth: number): void {
    switch (type) {
      case TRUE:
      case FALSE:
        return;
      case BYTE:
        this.#skip(1);
        return;
      case I16:
      case I32:
      case I64:
        this.#varint();
        return;
      case DOUBLE:
        this.#skip(8);
        return;
      case BINARY:
        this.#skip(this.#varint());
        return;
      case LIST:
      case SET:
        this.#list(depth);
        return;
      case STRUCT:
        this.struct(depth + 1);
        return;
      default:
        throw damagedFile(this.offset);
    }
  }

  #list(depth: number): void {
    if (depth > MOST_DEPTH) throw damagedFile(this.offset);
    const head = this.#byte();
    const type = head & 0x0f;
    const size = head >> 4 === 15 ? this.#varint() : head >> 4;
    // Each takes a byte at least.
    if (size > this.#bytes.length - this.offset) throw BEYOND;
    for (let i = 0; i < size; i++) {
      if (type === TRUE || type === FALSE) this.#skip(1);
      else this.#value(type, depth + 1);
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.offset++];
    if (byte === undefined) throw BEYOND;
    return byte;
  }

  #skip(length: number): void {
    this.offset += length;
    if (this.offset > this.#bytes.length) throw BEYOND;
  }

  #varint(): number {
    let value = 0;
    for (let i = 0; i < LONGEST_VARINT; i++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw damagedFile(this.offset);
  }
}
