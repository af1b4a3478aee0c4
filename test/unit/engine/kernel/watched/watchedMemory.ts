import { KernelMemory } from '../../../../../src/engine/kernel/kernelMemory.ts';

/** No number anybody would compute, a NaN as float32: whoever takes it for data gives NaN. */
const CANARY = 0x7fdeadca;
const GAP = 256;
const RESERVED = 1 << 16;

/** Memory whose ranges hold nothing good at first, and have canaries behind them that have to live. */
export class WatchedMemory extends KernelMemory {
  readonly #lives = new Map<number, number>();

  constructor(shared: boolean) {
    super(shared, RESERVED, GAP);
  }

  override allocate(bytes: number): number {
    const at = super.allocate(bytes);
    this.#lives.set(at, bytes);
    this.#words(at, 0, bytes + GAP).fill(CANARY);
    return at;
  }

  override free(at: number): void {
    this.#check(at);
    this.#lives.delete(at);
    super.free(at);
  }

  /** Throws unless these bytes are all in one range. */
  expectInside(at: number, bytes: number): void {
    for (const [start, length] of this.#lives) if (at >= start && at + bytes <= start + length) return;
    throw new RangeError(`Nobody was given the ${bytes} bytes at ${at}`);
  }

  /** Throws if anything was written behind any range. */
  check(): void {
    for (const at of this.#lives.keys()) this.#check(at);
  }

  #check(at: number): void {
    const bytes = this.#lives.get(at);
    if (bytes === undefined) return;
    const dead = this.#words(at, bytes, bytes + GAP).findIndex((word) => word !== CANARY);
    if (dead !== -1) throw new Error(`Something was written ${4 * dead} bytes behind the ${bytes} at ${at}`);
  }

  /** The whole words in the bytes `from`…`to − 1` of a range. */
  #words(at: number, from: number, to: number): Uint32Array {
    const start = 4 * Math.ceil(from / 4);
    return new Uint32Array(this.memory.buffer, at + start, Math.floor((to - start) / 4));
  }
}
