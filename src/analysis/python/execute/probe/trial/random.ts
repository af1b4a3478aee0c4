/** The same numbers in each run: what is found doesn't depend on luck. Uniform from −2 to 2. */
export class RandomNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 30 - 2;
  }

  row(length: number): number[] {
    return Array.from({ length }, () => this.next());
  }

  below(count: number): number {
    return Math.min(count - 1, Math.floor(((this.next() + 2) / 4) * count));
  }
}

export function logProbabilitiesOf(z: readonly number[]): number[] {
  const most = Math.max(...z);
  const sum = most + Math.log(z.reduce((total, x) => total + Math.exp(x - most), 0));
  return z.map((x) => x - sum);
}
