/** Where an export goes, part by part. */
export interface Sink {
  write(part: string | Uint8Array): void;
  /** All of it is written. */
  end(): void;
  /** Nothing is left of what was begun. No more is written. */
  giveUp(): void;
}

/** Takes parts together, as UTF-8. */
export class GatheredBytes implements Sink {
  readonly #parts: Uint8Array[] = [];
  readonly #encoder = new TextEncoder();

  write(part: string | Uint8Array): void {
    this.#parts.push(typeof part === 'string' ? this.#encoder.encode(part) : part.slice());
  }

  end(): void {}

  giveUp(): void {
    this.#parts.length = 0;
  }

  /** All of it. Throws RangeError if that's more than an array holds. */
  get bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
