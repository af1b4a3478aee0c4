import type { Work } from '../../loss/work.ts';

/** How long a worker works before it looks at its messages: short enough to feel a cancel at once. */
const SLICE_MS = 15;

/** Runs work in slices, so that the worker goes on hearing messages, `cancel` among them. */
export class Jobs {
  readonly #cancelled = new Set<number>();
  readonly #running = new Set<number>();
  readonly #progress: (job: number, fraction: number) => void;

  constructor(progress: (job: number, fraction: number) => void) {
    this.#progress = progress;
  }

  /** Runs `work` to its end. Rejects if the job is cancelled; who cancelled knows. */
  async run<T>(job: number, work: Work<T>): Promise<T> {
    this.#running.add(job);
    try {
      let sliceEnd = Date.now() + SLICE_MS;
      for (let step = work.next(); ; step = work.next()) {
        if (step.done) return step.value;
        if (Date.now() < sliceEnd) continue;
        this.#progress(job, step.value);
        await new Promise((resolve) => setTimeout(resolve));
        if (this.#cancelled.has(job)) throw new Error('Cancelled');
        sliceEnd = Date.now() + SLICE_MS;
      }
    } finally {
      work.return(undefined as never);
      this.#running.delete(job);
      this.#cancelled.delete(job);
    }
  }

  /** A job that has ended, or isn't known, is left alone. */
  cancel(job: number): void {
    if (this.#running.has(job)) this.#cancelled.add(job);
  }
}
