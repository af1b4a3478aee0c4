import type { ReadProblem } from '../../readers/readProblem.ts';
import { OutOfKernelMemory } from '../kernel/kernelMemory.ts';
import type { Compute } from '../measure/compute.ts';

/** The memory that logits, or as many soft targets, are read into: more than one, as it grows, and all given back but what is kept. */
export class LogitsMemory {
  readonly #compute: Compute;
  readonly #taken: Float32Array[] = [];

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  /** May throw OutOfKernelMemory. */
  readonly take = (length: number): Float32Array => {
    const room = this.#compute.allocate(length);
    // What is small is in no shared memory, and there may be millions of it.
    if (room.buffer instanceof ArrayBuffer) return room;
    this.#taken.push(room);
    return room;
  };

  /** Gives back all but what `kept` is in; nothing is kept if reading failed or was given up. */
  release(logits: ArrayBufferView | undefined): void {
    for (const room of this.#taken) if (room.byteOffset !== logits?.byteOffset) this.#compute.release(room);
  }
}

/** What is said if reading `size` bytes ended with this error for want of memory; undefined for any other error. */
export function memoryProblemOf(
  error: unknown,
  size: number,
): (ReadProblem & { readonly reason: 'too-large' }) | undefined {
  if (error instanceof OutOfKernelMemory) return { reason: 'too-large', offset: 0, bytes: error.bytes };
  // So does an array say that it’s larger than there is memory.
  return error instanceof RangeError ? { reason: 'too-large', offset: 0, bytes: size } : undefined;
}
