import type { KernelMemory, MemorySpan } from '../../kernel/kernelMemory.ts';

/** Memory that is given back together. */
export class Lease {
  readonly #memory: KernelMemory;
  readonly #addresses: number[] = [];

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  hold(bytes: number): number {
    const address = this.#memory.allocate(bytes);
    this.#addresses.push(address);
    return address;
  }

  span(bytes: number): MemorySpan {
    return { at: this.hold(bytes), bytes };
  }

  /** Everything in another lease, so that ending this one leaves it as it is. */
  handOver(): Lease {
    const other = new Lease(this.#memory);
    other.#addresses.push(...this.#addresses.splice(0));
    return other;
  }

  end(): void {
    for (const address of this.#addresses) this.#memory.free(address);
    this.#addresses.length = 0;
  }
}
