type Floats = Float32Array | Float64Array;

interface FloatsType<T extends Floats> {
  new (length: number): T;
  new (buffer: SharedArrayBuffer): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** With more numbers than this several threads may want to read them. */
const SHARED_FROM = 1 << 20;
/** From so many on it pays to foresee how many it will be: memory that isn't touched costs nothing. */
const FORESEEN_FROM = 1 << 18;
const LEAST_GROWTH = 1.25;
/** How far off what was foreseen may be. */
const MARGIN = 1.03;

/** Room for `length` numbers, which several threads can read without a copy if they are many and memory can be shared. */
export function roomFor<T extends Floats>(type: FloatsType<T>, length: number): T {
  if (length <= SHARED_FROM || typeof SharedArrayBuffer === 'undefined') return new type(length);
  return new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
}

/** A typed array that grows, for when the count is known at the end only. */
export class Growable<T extends Floats> {
  readonly #type: FloatsType<T>;
  /** How much of all that will be pushed has been, about: 0…1. */
  readonly #fraction: () => number;
  #values: T;
  length = 0;

  constructor(type: FloatsType<T>, fraction: () => number) {
    this.#type = type;
    this.#fraction = fraction;
    this.#values = new type(64);
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
    const pushed = this.#values.subarray(0, length) as T;
    if (length > SHARED_FROM && this.#values.length < LEAST_GROWTH * length) return pushed;
    const values = roomFor(this.#type, length);
    values.set(pushed);
    return values;
  }

  #grow(more: number): void {
    const length = this.length + more;
    const foreseen = this.length < FORESEEN_FROM ? 0 : (MARGIN * length) / this.#fraction();
    const doubled = (this.length < FORESEEN_FROM ? 2 : LEAST_GROWTH) * length;
    const grown = roomFor(this.#type, Math.ceil(Math.max(doubled, foreseen)));
    grown.set(this.#values.subarray(0, this.length));
    this.#values = grown;
  }
}
