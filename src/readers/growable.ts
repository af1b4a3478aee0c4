type Floats = Float32Array | Float64Array;

/** A typed array that grows by doubling, for when the count is known at the end only. */
export class Growable<T extends Floats> {
  readonly #type: new (
    length: number,
  ) => T;
  #values: T;
  length = 0;

  constructor(type: new (length: number) => T, capacity = 64) {
    this.#type = type;
    this.#values = new type(capacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new this.#type(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  /** What was pushed, in memory of its own size. */
  toArray(): T {
    return this.#values.slice(0, this.length) as T;
  }
}
