import type { Following } from '../../engine/engineClient.ts';

/** What the page has asked for and is still computed: it's told how far each is, and may give each up. */
export class PanelJobs {
  readonly #running = new Map<string, AbortController>();
  readonly #report: (job: string, fraction: number) => void;

  constructor(report: (job: string, fraction: number) => void) {
    this.#report = report;
  }

  /** Rejects as `work` does, with CancelledError if it was stopped. */
  async run<T>(job: string, work: (following: Following) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    this.#running.set(job, abort);
    try {
      return await work({ signal: abort.signal, onProgress: (fraction) => this.#report(job, fraction) });
    } finally {
      this.#running.delete(job);
    }
  }

  stop(job: string): void {
    this.#running.get(job)?.abort();
  }

  /** The page that asked is gone. */
  stopAll(): void {
    for (const abort of this.#running.values()) abort.abort();
  }
}
