import { CancelledError } from '../../../engine/client/engineFailures.ts';
import type { Following } from '../../../engine/client/workerLife.ts';

/**
 * What the page has asked for and is still computed: it's told how far each job is, and may give each up. Of one kind a job runs
 * at a time; the others wait. So a slider that is dragged keeps one running, which ends soon as the page has stopped it, and one
 * waiting.
 */
export class PanelJobs {
  readonly #jobs = new Map<string, AbortController>();
  /** By kind: resolves once all jobs so far have ended. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #report: (job: string, fraction: number) => void;

  constructor(report: (job: string, fraction: number) => void) {
    this.#report = report;
  }

  /** Rejects as `work` does; with CancelledError if it was stopped. */
  async run<T>(job: string, kind: string, work: (following: Following) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    this.#jobs.set(job, abort);
    const before = this.#turns.get(kind);
    let end = () => {};
    const mine = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#turns.set(kind, Promise.all([before, mine]));
    try {
      if (before) await Promise.race([before, stopped(abort.signal)]);
      if (abort.signal.aborted) throw new CancelledError();
      return await work({ signal: abort.signal, onProgress: (fraction) => this.#report(job, fraction) });
    } finally {
      if (this.#jobs.get(job) === abort) this.#jobs.delete(job);
      end();
    }
  }

  stop(job: string): void {
    this.#jobs.get(job)?.abort();
  }

  /** The page that asked is gone. */
  stopAll(): void {
    for (const abort of this.#jobs.values()) abort.abort();
  }
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(new CancelledError()), { once: true }),
  );
}
