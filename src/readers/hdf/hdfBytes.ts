import type { ByteSource } from '../arrays/byteSource.ts';
import { damagedFile } from '../columnar/damaged.ts';

/** Structures are small, and lie close together. */
const PAGE = 1 << 14;
/** Pages that are kept: 4 MB. */
const MOST_PAGES = 256;
/** The address of what isn't there. */
const UNDEFINED = 0xffffffffffffffffn;

/** The bytes of a file, of which those that were asked for lately are kept. All numbers are little-endian. Throws Unreadable beyond its end. */
export class HdfBytes {
  readonly size: number;
  readonly #source: ByteSource;
  /** Those read last come last. */
  readonly #pages = new Map<number, DataView>();

  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }

  u8(at: number): number {
    return this.#view(at, 1).getUint8(at % PAGE);
  }

  u16(at: number): number {
    return at % PAGE <= PAGE - 2
      ? this.#view(at, 2).getUint16(at % PAGE, true)
      : this.u8(at) + 2 ** 8 * this.u8(at + 1);
  }

  u32(at: number): number {
    return at % PAGE <= PAGE - 4
      ? this.#view(at, 4).getUint32(at % PAGE, true)
      : this.u16(at) + 2 ** 16 * this.u16(at + 2);
  }

  u64(at: number): bigint {
    return BigInt(this.u32(at)) + (BigInt(this.u32(at + 4)) << 32n);
  }

  /** A number of so many bytes, at most 8. */
  whole(at: number, bytes: number): number {
    let [value, scale] = [0, 1];
    for (let i = 0; i < bytes; i++, scale *= 256) value += scale * this.u8(at + i);
    if (!Number.isSafeInteger(value)) throw damagedFile(at);
    return value;
  }

  /** A length, or how many there are. */
  length(at: number): number {
    const value = Number(this.u64(at));
    if (!Number.isSafeInteger(value)) throw damagedFile(at);
    return value;
  }

  /** Where in the file something is; undefined if it's nowhere. */
  address(at: number): number | undefined {
    const value = this.u64(at);
    if (value === UNDEFINED) return undefined;
    if (value >= BigInt(this.size)) throw damagedFile(at);
    return Number(value);
  }

  /** `length` bytes, all of which have to be there. They aren't to be changed. */
  bytes(at: number, length: number): Uint8Array {
    if (!(at >= 0 && length >= 0 && at + length <= this.size)) throw damagedFile(at);
    const start = at % PAGE;
    if (start + length > PAGE) return this.#read(at, length);
    const { buffer, byteOffset } = this.#view(at, length);
    return new Uint8Array(buffer, byteOffset + start, length);
  }

  /** True for these letters. */
  says(at: number, letters: string): boolean {
    return (
      at + letters.length <= this.size && letters === String.fromCharCode(...this.bytes(at, letters.length))
    );
  }

  /** The page of what is at `at`, which doesn't go beyond it. */
  #view(at: number, length: number): DataView {
    if (!(at >= 0 && at + length <= this.size)) throw damagedFile(at);
    const page = Math.floor(at / PAGE);
    const known = this.#pages.get(page);
    if (known) return known;
    const start = page * PAGE;
    const bytes = this.#read(start, Math.min(PAGE, this.size - start));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    this.#pages.set(page, view);
    return view;
  }

  #read(at: number, length: number): Uint8Array {
    const bytes = this.#source.read(at, length);
    if (bytes.length !== length) throw damagedFile(at);
    return bytes;
  }
}
