import { damagedFile } from '../../columnar/damaged.ts';
import { Unreadable } from '../../text/cursor.ts';
import type { HdfBytes } from '../hdfBytes.ts';

/** Mark, version, and the address of the heap, before the place of a block in the heap. */
const BLOCK_HEAD = 13;
/** Deeper tables would be beyond any file. */
const MOST_DEPTH = 16;

/** Objects in blocks of growing sizes: a table has `width` blocks a row, twice as large from the third row on. */
export class FractalHeap {
  readonly #file: HdfBytes;
  readonly #width: number;
  readonly #first: number;
  readonly #largest: number;
  readonly #offsetBytes: number;
  readonly #lengthBytes: number;
  readonly #root: number;
  readonly #rows: number;

  /** Throws Unreadable for a heap that isn't one, or is compressed. */
  constructor(file: HdfBytes, address: number) {
    if (!file.says(address, 'FRHP')) throw damagedFile(address);
    if (file.u16(address + 7) > 0)
      throw new Unreadable({ reason: 'codec', offset: address, found: 'compressed groups' });
    this.#file = file;
    this.#width = file.u16(address + 110);
    this.#first = file.length(address + 112);
    this.#largest = file.length(address + 120);
    const bits = file.u16(address + 128);
    this.#offsetBytes = Math.ceil(bits / 8);
    this.#lengthBytes = Math.min(
      Math.floor((Math.log2(this.#largest) + 7) / 8),
      Math.floor(Math.log2(file.u32(address + 10)) / 8) + 1,
    );
    const root = file.address(address + 132);
    this.#rows = file.u16(address + 140);
    const isSound =
      root !== undefined && this.#width > 0 && this.#first > 0 && bits <= 64 && this.#lengthBytes > 0;
    if (!isSound) throw damagedFile(address);
    this.#root = root;
  }

  /** Where an object is, by its place in the heap. Throws Unreadable for one that isn't in a block. */
  objectAt(id: number): number {
    const file = this.#file;
    if ((file.u8(id) & 0x30) !== 0) throw damagedFile(id);
    const offset = file.whole(id + 1, this.#offsetBytes);
    const length = file.whole(id + 1 + this.#offsetBytes, this.#lengthBytes);
    const at = this.#rows === 0 ? this.#inBlock(this.#root, 0, this.#first, offset) : this.#inTable(offset);
    if (at + length > file.size) throw damagedFile(id);
    return at;
  }

  #inTable(offset: number): number {
    let [table, start] = [this.#root, 0];
    for (let depth = 0; depth < MOST_DEPTH; depth++) {
      if (!this.#file.says(table, 'FHIB')) throw damagedFile(table);
      const { index, size, begin } = this.#childOf(offset - start);
      const child = this.#file.address(table + BLOCK_HEAD + this.#offsetBytes + 8 * index);
      if (child === undefined) throw damagedFile(table);
      if (size <= this.#largest) return this.#inBlock(child, start + begin, size, offset);
      [table, start] = [child, start + begin];
    }
    throw damagedFile(table);
  }

  /** Which child of a table has a place in it: the rows before it are full. */
  #childOf(offset: number): { readonly index: number; readonly size: number; readonly begin: number } {
    let [begin, size] = [0, this.#first];
    for (let row = 0; row < 64; row++) {
      if (row > 1) size *= 2;
      if (offset < begin + size * this.#width) {
        const column = Math.floor((offset - begin) / size);
        return { index: row * this.#width + column, size, begin: begin + column * size };
      }
      begin += size * this.#width;
    }
    throw damagedFile();
  }

  #inBlock(block: number, start: number, size: number, offset: number): number {
    const file = this.#file;
    const isBlock = file.says(block, 'FHDB') && file.whole(block + BLOCK_HEAD, this.#offsetBytes) === start;
    if (!isBlock || offset < start || offset >= start + size) throw damagedFile(block);
    return block + offset - start;
  }
}
