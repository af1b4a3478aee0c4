/**
 * Numbers that look drawn at random and follow from a seed: sfc32 by Chris Doty-Humphrey (PractRand), 128 bits of state. The same
 * seed gives the same bits everywhere: only integer arithmetic, and for normal numbers V8's own logarithm and cosine.
 */
export class SeededNumbers {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `stream` says what the numbers are for: those of two streams have nothing to do with each other. */
  constructor(seed: number, stream: string) {
    this.#a = hashOf(`${stream}|a|${seed}`);
    this.#b = hashOf(`${stream}|b|${seed}`);
    this.#c = hashOf(`${stream}|c|${seed}`);
    // The first numbers still resemble the seed.
    for (let i = 0; i < 15; i++) this.bits();
  }

  /** 32 bits: a whole number from 0 to 2³² − 1. */
  bits(): number {
    const next = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + next;
    this.#c |= 0;
    return next >>> 0;
  }

  /** In [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** A whole number from 0 to `count` − 1, each as likely as the others to within 2⁻⁵³·count. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Mean 0, variance 1: Box and Muller 1958. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** 0…`count` − 1 in an order that is as likely as any other: Fisher and Yates. */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}

/** FNV-1a, then the mixer of MurmurHash3: texts that differ in a digit have nothing in common. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
