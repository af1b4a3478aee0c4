import type { ByteSource } from '../../arrays/byteSource.ts';
import { damaged } from './pickleFault.ts';

/** What is read of a file at once. Long strings are passed over, so of a large file little is read. */
const WINDOW = 1 << 16;
const NEWLINE = 0x0a;

/** A place in a pickle, and the bytes from there on. Every method throws Unreadable where the file ends before what it should read. */
export class PickleCursor {
  readonly source: ByteSource;
  readonly end: number;
  position: number;
  #window: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#window.buffer);
  /** Where the window begins. */
  #start = 0;

  constructor(source: ByteSource, start: number, end: number) {
    this.source = source;
    this.position = start;
    this.end = Math.min(end, source.size);
  }

  uint8(): number {
    const at = this.#take(1);
    return this.#view.getUint8(at);
  }

  uint16(): number {
    const at = this.#take(2);
    return this.#view.getUint16(at, true);
  }

  int32(): number {
    const at = this.#take(4);
    return this.#view.getInt32(at, true);
  }

  uint32(): number {
    const at = this.#take(4);
    return this.#view.getUint32(at, true);
  }

  /** Beyond 2⁵³ not exact, and then more than any file has. */
  uint64(): number {
    const at = this.#take(8);
    return this.#view.getUint32(at + 4, true) * 2 ** 32 + this.#view.getUint32(at, true);
  }

  /** Big-endian, as pickles have it. */
  float64(): number {
    const at = this.#take(8);
    return this.#view.getFloat64(at, false);
  }

  /** The next bytes, which are few. They aren't the caller's own. */
  bytes(count: number): Uint8Array {
    if (count > WINDOW) throw damaged('length', this.position);
    const at = this.#take(count);
    return this.#window.subarray(at, at + count);
  }

  /** Passes over `count` bytes, and says where they begin. */
  skip(count: number): number {
    const { position } = this;
    if (!(position + count <= this.end)) throw damaged('length', position);
    this.position = position + count;
    return position;
  }

  /** Passes over a line: where it begins, and its length without its end. */
  line(): { readonly offset: number; readonly length: number } {
    const offset = this.position;
    while (this.position < this.end) {
      const at = this.#take(1);
      const found = this.#window.indexOf(NEWLINE, at);
      this.position = this.#start + (found === -1 ? this.#window.length : found + 1);
      if (found !== -1) return { offset, length: this.position - 1 - offset };
    }
    throw damaged('end', this.end);
  }

  /** Where in the window the next bytes are, at most as many as it has. */
  #take(count: number): number {
    const { position } = this;
    if (position + count > this.end) throw damaged('end', this.end);
    const isInside = position >= this.#start && position + count <= this.#start + this.#window.length;
    if (!isInside) {
      this.#window = this.source.read(position, Math.min(WINDOW, this.end - position));
      if (this.#window.length < count) throw damaged('end', this.end);
      this.#view = new DataView(this.#window.buffer, this.#window.byteOffset, this.#window.length);
      this.#start = position;
    }
    this.position = position + count;
    return position - this.#start;
  }
}
