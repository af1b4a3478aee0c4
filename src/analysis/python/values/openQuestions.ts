/** How deep one question may lead to another, and how many new ones a single one may lead to. */
const DEPTH = 24;
const STEPS = 600;

/** What is known of a question. */
export interface Answer<T> {
  /** Undefined as long as it was only asked too deep down to be answered. */
  readonly value: T | undefined;
  /** How many levels of questions it takes; at least so many if there is no value. */
  readonly height: number;
}

/**
 * Asks questions that lead to others, each once. What leads back to itself, or too far, ends with the answer that nothing is known.
 * Without what was found out before, many names that lead to each other would take many times as long as there are names.
 */
export class OpenQuestions {
  #depth = 0;
  #steps = 0;
  /** Of what is asked now, as far as it was gone through: how many levels are below, and whether all of them were answered. */
  #height = 0;
  #isCut = false;

  ask<K, T>(known: Map<K, Answer<T>>, key: K, question: () => T, otherwise: T): T {
    const answer = known.get(key);
    const isTooDeep = this.#depth + (answer?.height ?? 0) >= DEPTH;
    if (answer?.value !== undefined && !isTooDeep) {
      this.#height = Math.max(this.#height, answer.height + 1);
      return answer.value;
    }
    if (this.#depth === 0) this.#steps = 0;
    if (isTooDeep || ++this.#steps > STEPS) {
      this.#height = Math.max(this.#height, (answer?.height ?? 0) + 1);
      this.#isCut = true;
      return otherwise;
    }
    const outside = { height: this.#height, isCut: this.#isCut };
    [this.#height, this.#isCut] = [0, false];
    this.#depth++;
    const value = question();
    this.#depth--;
    // Nobody can ask it with fewer questions above: what was found is what there is, for who asks it directly.
    const isFinal = !this.#isCut || this.#depth === 0;
    known.set(key, {
      value: isFinal ? value : undefined,
      height: this.#isCut && isFinal ? DEPTH - 1 : this.#height,
    });
    this.#height = Math.max(outside.height, this.#height + 1);
    this.#isCut ||= outside.isCut;
    if (this.#depth === 0) [this.#height, this.#isCut] = [0, false];
    return value;
  }
}
