import type { Floats } from '../../loss/rows/rowLayout.ts';

/** Gives room for so many logits. Whoever has threads gives memory that all of them can read. */
export type AllocateLogits = (length: number) => Float32Array;

export const allocateOwn: AllocateLogits = (length) => new Float32Array(length);

/** From so many numbers on it pays to foresee how many it will be: memory that isn't touched costs nothing. */
const FORESEEN_FROM = 1 << 18;
/** So small an array is quickly made: there may be one for each of a million records. */
const LEAST = 8;
const LEAST_GROWTH = 1.25;
/** What comes may become rarer: no more is foreseen than so many times what there is. */
const MOST_GROWTH = 8;
/** How far off what was foreseen may be. */
const MARGIN = 1.03;

/** Doubles of which it isn't known how many will come. */
export function growableDoubles(fraction: () => number): Growable<Float64Array> {
  return new Growable((length) => new Float64Array(length), fraction);
}

/** A typed array that grows, for when the count is known at the end only. */
export class Growable<T extends Floats> {
  readonly #allocate: (length: number) => T;
  /** How much of all that will be pushed has been, about: 0…1. */
  readonly #fraction: () => number;
  #values: T;
  length = 0;

  constructor(allocate: (length: number) => T, fraction: () => number) {
    this.#allocate = allocate;
    this.#fraction = fraction;
    this.#values = allocate(LEAST);
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow(1);
    this.#values[this.length++] = value;
  }

  append(values: Floats): void {
    if (this.length + values.length > this.#values.length) this.#grow(values.length);
    this.#values.set(values, this.length);
    this.length += values.length;
  }

  /** What was pushed, in memory of about its own size. */
  toArray(): T {
    const { length } = this;
    if (length < FORESEEN_FROM) return this.#values.slice(0, length) as T;
    const pushed = this.#values.subarray(0, length) as T;
    if (this.#values.length < LEAST_GROWTH * length) return pushed;
    const values = this.#allocate(length);
    values.set(pushed);
    return values;
  }

  #grow(more: number): void {
    const length = this.length + more;
    const all = (MARGIN * length) / this.#fraction();
    const foreseen = this.length < FORESEEN_FROM ? 0 : Math.min(all, MOST_GROWTH * length);
    const doubled = (this.length < FORESEEN_FROM ? 2 : LEAST_GROWTH) * length;
    const grown = this.#allocate(Math.ceil(Math.max(doubled, foreseen)));
    grown.set(this.#values.subarray(0, this.length));
    this.#values = grown;
  }
}
