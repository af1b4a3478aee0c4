/** So many pieces are put together at a time: a million of them at the end would take too long in one go. */
const PIECES = 1 << 13;

/** A text of which parts are replaced, from its start to its end. */
export class PatchedText {
  readonly #text: string;
  readonly #parts: string[] = [];
  #pieces: string[] = [];
  /** As far as the text is among the pieces, or replaced. */
  #copied = 0;

  constructor(text: string) {
    this.#text = text;
  }

  replace(from: number, to: number, instead: string): void {
    this.#pieces.push(this.#text.slice(this.#copied, from), instead);
    this.#copied = to;
    if (this.#pieces.length < PIECES) return;
    this.#parts.push(this.#pieces.join(''));
    this.#pieces = [];
  }

  /** The text as it is now. */
  toString(): string {
    if (this.#copied === 0) return this.#text;
    return this.#parts.join('') + this.#pieces.join('') + this.#text.slice(this.#copied);
  }
}
