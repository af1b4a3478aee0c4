import type { Work } from '../../../loss/work.ts';

/** How long the extension host may be kept from everything else. */
const SLICE_MS = 10;

/** Time for work with pauses. What is done in turn shares it: many short pieces are as long as one. */
export class Slices {
  #end = 0;

  /** Runs work to its end, as long as it is `wanted`. Undefined if it no longer is. */
  async run<T>(work: Work<T>, wanted: () => boolean): Promise<T | undefined> {
    for (;;) {
      if (performance.now() >= this.#end) {
        await new Promise((resolve) => setTimeout(resolve));
        if (!wanted()) return undefined;
        this.#end = performance.now() + SLICE_MS;
      }
      const step = work.next();
      if (step.done) return step.value;
    }
  }
}
