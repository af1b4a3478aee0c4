import { damagedFile } from '../damaged.ts';

/** A table of a flatbuffer, whose fields are read only where they are. All that isn't throws Unreadable. */
export class FlatTable {
  readonly #view: DataView;
  readonly #start: number;
  readonly #fields: number;
  readonly #fieldsSize: number;

  private constructor(view: DataView, start: number) {
    this.#view = view;
    this.#start = start;
    this.#within(start, 4);
    this.#fields = start - view.getInt32(start, true);
    this.#within(this.#fields, 4);
    this.#fieldsSize = view.getUint16(this.#fields, true);
    this.#within(this.#fields, this.#fieldsSize);
  }

  /** The table that a flatbuffer begins with. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.byteLength < 8) throw damagedFile();
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Where a field is; undefined if it isn't there. */
  #at(field: number, size: number): number | undefined {
    const slot = 4 + 2 * field;
    if (slot + 2 > this.#fieldsSize) return undefined;
    const offset = this.#view.getUint16(this.#fields + slot, true);
    if (offset === 0) return undefined;
    this.#within(this.#start + offset, size);
    return this.#start + offset;
  }

  #within(offset: number, length: number): void {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.#view.byteLength)) throw damagedFile();
  }

  uint8(field: number): number {
    const at = this.#at(field, 1);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  int16(field: number): number {
    const at = this.#at(field, 2);
    return at === undefined ? 0 : this.#view.getInt16(at, true);
  }

  int64(field: number): number {
    const at = this.#at(field, 8);
    return at === undefined ? 0 : this.#int64(at);
  }

  table(field: number): FlatTable | undefined {
    const at = this.#at(field, 4);
    return at === undefined ? undefined : new FlatTable(this.#view, at + this.#view.getUint32(at, true));
  }

  /** The tables of a list. */
  tables(field: number): readonly FlatTable[] {
    const { first, count } = this.list(field, 4);
    return Array.from({ length: count }, (_, i) => {
      const at = first + 4 * i;
      return new FlatTable(this.#view, at + this.#view.getUint32(at, true));
    });
  }

  /** Where the items of a list, or the bytes of a text, begin and how many they are. */
  list(field: number, size: number): { readonly first: number; readonly count: number } {
    const at = this.#at(field, 4);
    if (at === undefined) return { first: 0, count: 0 };
    const start = at + this.#view.getUint32(at, true);
    this.#within(start, 4);
    const count = this.#view.getUint32(start, true);
    this.#within(start + 4, size * count);
    return { first: start + 4, count };
  }

  /** Pairs of numbers, as batches have them. */
  pairs(field: number): readonly (readonly [number, number])[] {
    const { first, count } = this.list(field, 16);
    return Array.from({ length: count }, (_, i) => [
      this.#int64(first + 16 * i),
      this.#int64(first + 16 * i + 8),
    ]);
  }

  int64s(field: number): readonly number[] {
    const { first, count } = this.list(field, 8);
    return Array.from({ length: count }, (_, i) => this.#int64(first + 8 * i));
  }

  #int64(at: number): number {
    const value = this.#view.getInt32(at + 4, true) * 2 ** 32 + this.#view.getUint32(at, true);
    if (!Number.isSafeInteger(value) || value < 0) throw damagedFile();
    return value;
  }
}
