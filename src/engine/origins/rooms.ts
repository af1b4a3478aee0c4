import type { Compute } from '../measure/compute.ts';

/** The memory that logits are read into: more than one, as it grows, and all given back but what is kept. */
export class Rooms {
  readonly #compute: Compute;
  readonly #taken: Float32Array[] = [];

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  /** May throw OutOfKernelMemory. */
  readonly take = (length: number): Float32Array => {
    const room = this.#compute.allocate(length);
    this.#taken.push(room);
    return room;
  };

  /** Gives back all but what `kept` is in; nothing is kept if reading failed or was given up. */
  release(kept: Float32Array | undefined): void {
    for (const room of this.#taken) if (room.byteOffset !== kept?.byteOffset) this.#compute.release(room);
  }
}
