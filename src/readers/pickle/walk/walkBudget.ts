import { Unreadable } from '../../text/cursor.ts';

/** Collections in collections: more than any array has axes. */
const MOST_DEPTH = 32;
/** Things that are looked at. What a pickle remembers can be in many places at once, so there may be far more than it's long. */
const MOST_NODES = 200_000;
/** A large file of records has more: one for so many of its bytes. */
const BYTES_PER_NODE = 8;
/** Things that are looked at between two yields. */
const ITEMS = 1 << 10;
/** Numbers that any file may have, and how many for each of its bytes. */
const SOME_NUMBERS = 1_000_000;
const NUMBERS_PER_BYTE = 64;

/** How much is looked at of what a pickle made. Throws Unreadable beyond. */
export class WalkBudget {
  readonly #size: number;
  #nodes: number;
  #written: number;

  /** `size`: bytes of the file. */
  constructor(size: number) {
    this.#size = size;
    this.#written = size;
    this.#nodes = Math.max(MOST_NODES, size / BYTES_PER_NODE);
  }

  /** Counts a collection. */
  enter(depth: number): void {
    if (depth > MOST_DEPTH) throw new Unreadable({ reason: 'pickle-deep', offset: 0, limit: MOST_DEPTH });
    if (--this.#nodes < 0) throw new Unreadable({ reason: 'pickle-size', offset: 0, limit: MOST_NODES });
  }

  /** True now and then: it's time for a pause. */
  get isLong(): boolean {
    return this.#nodes % ITEMS < 1;
  }

  /** Checks that so many numbers may be written in the pickle itself: each takes a byte there, at least. */
  expect(count: number): void {
    if (count > this.#written) throw new Unreadable({ reason: 'pickle-size', offset: 0, limit: this.#size });
  }

  /** Counts numbers that are. */
  take(count: number): void {
    this.expect(count);
    this.#written -= count;
  }

  /** True if so many numbers may come of a file of this size. */
  mayHave(count: number): boolean {
    return count <= Math.max(SOME_NUMBERS, NUMBERS_PER_BYTE * this.#size);
  }
}
