import type { KernelMemory, MemorySpan } from '../kernel/kernelMemory.ts';

/** Memory that is given back together. */
export class Lease {
  readonly #memory: KernelMemory;
  readonly #addresses: number[] = [];

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  hold(bytes: number): number {
    const at = this.#memory.allocate(bytes);
    this.#addresses.push(at);
    return at;
  }

  span(bytes: number): MemorySpan {
    return { at: this.hold(bytes), bytes };
  }

  end(): void {
    for (const at of this.#addresses) this.#memory.free(at);
    this.#addresses.length = 0;
  }
}
