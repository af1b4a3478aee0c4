import { type BirpcReturn, createBirpc } from 'birpc';
import type { EngineEvents, EngineFunctions, LibraryName } from '../../protocol/engineChannel.ts';
import { CancelledError, EngineStoppedError, type LostBatches } from './engineFailures.ts';
import type { EngineWorker } from './workerTransport.ts';

/** How a caller follows a long question, or gives it up. */
export interface Following {
  readonly signal?: AbortSignal;
  /** 0…1 */
  readonly onProgress?: (fraction: number) => void;
}

export type Remote = BirpcReturn<EngineFunctions, EngineEvents>;

/** A worker that has been started, and what is known of it here. */
export interface Running {
  readonly worker: EngineWorker;
  readonly remote: Remote;
  /** What it holds. */
  readonly batches: Set<number>;
  /** The bundles that it was sent. */
  readonly libraries: Map<LibraryName, Promise<void>>;
}

/** How long the client waits, in milliseconds, before it ends a worker. */
export interface EngineTimes {
  /** A worker that holds nothing, and isn't asked anything for so long, is stopped: its memory goes with it. */
  readonly idleMs: number;
  /** A worker that goes on for so long with what was cancelled is ended. */
  readonly deafMs: number;
}

const TIMES: EngineTimes = { idleMs: 60_000, deafMs: 1000 };

/** A worker from the first question to its end, by idleness, by a fault or on purpose; the next question starts another one. */
export class WorkerLife {
  readonly #start: () => Promise<EngineWorker>;
  readonly #times: EngineTimes;
  readonly #followed = new Map<number, Following>();
  readonly #listeners = new Set<(lost: LostBatches) => void>();
  #starting: Promise<Running> | undefined;
  #running: Running | undefined;
  #lastJob = 0;
  #asking = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Promise<EngineWorker>, times: Partial<EngineTimes> = {}) {
    this.#start = start;
    this.#times = { ...TIMES, ...times };
  }

  /** What there is to ask; undefined before the first question, and after an end. */
  get running(): Running | undefined {
    return this.#running;
  }

  /** Tells of batches that are lost, once each. */
  onLost(listener: (lost: LostBatches) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  dispose(): void {
    clearTimeout(this.#idle);
    // One that is starting yet ends as soon as it has.
    void this.#starting?.then(({ worker, remote }) => {
      remote.$close(new CancelledError('The engine was closed'));
      worker.terminate();
    });
    this.#starting = undefined;
    this.#running = undefined;
  }

  /** A question that takes a while, can be followed, and given up. */
  async job<T>(
    { signal, onProgress }: Following,
    ask: (running: Running, job: number) => Promise<T>,
  ): Promise<T> {
    return this.ask(async (running) => {
      if (signal?.aborted) throw new CancelledError('Cancelled');
      const job = ++this.#lastJob;
      let deaf: ReturnType<typeof setTimeout> | undefined;
      const cancel = () => {
        running.remote.cancel(job).catch(() => {});
        const { deafMs } = this.#times;
        // Were this thread busy for so long, the answer may be here and have to wait its turn: another moment shows.
        const end = () => this.#endDeaf(running);
        deaf = setTimeout(() => (deaf = setTimeout(end, 0.1 * deafMs)), 0.9 * deafMs);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      if (onProgress) this.#followed.set(job, { onProgress });
      try {
        return await ask(running, job);
      } catch (error) {
        throw signal?.aborted ? new CancelledError('Cancelled') : error;
      } finally {
        clearTimeout(deaf);
        signal?.removeEventListener('abort', cancel);
        this.#followed.delete(job);
      }
    });
  }

  /** Every question goes through here: the worker isn't idle while one is open. */
  async ask<T>(question: (running: Running) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#asking++;
    try {
      return await question(await this.#worker());
    } finally {
      // One that was closed meanwhile needs no end, and a timer would keep a program waiting.
      if (--this.#asking === 0 && this.#starting)
        this.#idle = setTimeout(() => this.#stopIdle(), this.#times.idleMs);
    }
  }

  #stopIdle(): void {
    if (this.#asking === 0 && !this.#running?.batches.size) this.dispose();
  }

  #worker(): Promise<Running> {
    this.#starting ??= this.#run().catch((error) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #run(): Promise<Running> {
    const worker = await this.#start();
    const batches = new Set<number>();
    const remote: Remote = createBirpc<EngineFunctions, EngineEvents>(
      {
        progress: (job, fraction) => this.#followed.get(job)?.onProgress?.(fraction),
        lost: (batch, problem) => {
          const isCurrent = this.#running?.batches === batches;
          if (isCurrent && batches.delete(batch)) this.#tell({ batches: new Set([batch]), why: problem });
        },
      },
      { post: (message) => worker.post(message), on: (listener) => worker.listen(listener), timeout: -1 },
    );
    const running: Running = { worker, remote, batches, libraries: new Map() };
    worker.onStop((reason) => this.#ended(running, new EngineStoppedError(reason)));
    this.#running = running;
    return running;
  }

  #endDeaf(running: Running): void {
    this.#ended(running, new EngineStoppedError('It didn’t hear that its work was cancelled', 'deaf'));
  }

  /** A worker has ended, or has to. */
  #ended(running: Running, why: EngineStoppedError): void {
    const { worker, remote, batches } = running;
    // One that was stopped on purpose may have a successor.
    if (remote.$closed) return;
    this.#starting = undefined;
    this.#running = undefined;
    remote.$close(why);
    worker.terminate();
    if (batches.size > 0) this.#tell({ batches, why });
  }

  #tell(lost: LostBatches): void {
    for (const listener of [...this.#listeners]) listener(lost);
  }
}
