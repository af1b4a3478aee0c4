import { type BirpcReturn, createBirpc } from 'birpc';
import type { EngineEvents, EngineFunctions } from '../protocol/engine.ts';
import type { EngineWorker } from './transport.ts';

/** How a caller follows a long question, or gives it up. */
export interface Following {
  readonly signal?: AbortSignal;
  /** 0…1 */
  readonly onProgress?: (fraction: number) => void;
}

/** Rejects a question whose signal was aborted. Not a failure: nobody wants the answer any more. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/** Rejects what was asked of a worker that has ended by itself. Batches it held are gone. */
export class EngineStoppedError extends Error {
  override readonly name = 'EngineStoppedError';
}

type Remote = BirpcReturn<EngineFunctions, EngineEvents>;

interface Running {
  readonly worker: EngineWorker;
  readonly remote: Remote;
}

/** A worker that holds nothing, and isn't asked anything for so long, is stopped: its memory goes with it. */
const IDLE_MS = 60_000;

/**
 * The engine, for the extension host: starts its worker with the first question, stops it when it's idle, and starts it again
 * with the next question, also after it has stopped by itself.
 */
export class EngineClient {
  readonly #start: () => Promise<EngineWorker>;
  readonly #idleMs: number;
  readonly #followed = new Map<number, Following>();
  readonly #batches = new Set<number>();
  #running: Promise<Running> | undefined;
  #lastJob = 0;
  #asking = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Promise<EngineWorker>, idleMs = IDLE_MS) {
    this.#start = start;
    this.#idleMs = idleMs;
  }

  async open(request: Parameters<EngineFunctions['open']>[1], following: Following = {}) {
    const opened = await this.#job(following, (remote, job) => remote.open(job, request));
    if (opened.ok) this.#batches.add(opened.value.batch);
    return opened;
  }

  list(request: Parameters<EngineFunctions['list']>[1], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.list(job, request));
  }

  view(batch: number, view: Parameters<EngineFunctions['view']>[2], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.view(job, batch, view));
  }

  floors(batch: number, of: Parameters<EngineFunctions['floors']>[2], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.floors(job, batch, of));
  }

  totals(batch: number, change: Parameters<EngineFunctions['totals']>[2], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.totals(job, batch, change));
  }

  frameworks() {
    return this.#ask((remote) => remote.frameworks());
  }

  calibrate(batch: number, following: Following = {}) {
    return this.#job(following, (remote, job) => remote.calibrate(job, batch));
  }

  meanEntropy(batch: number, temperature: number, following: Following = {}) {
    return this.#job(following, (remote, job) => remote.meanEntropy(job, batch, temperature));
  }

  export(
    batch: number,
    format: Parameters<EngineFunctions['export']>[2],
    spec: Parameters<EngineFunctions['export']>[3],
    following: Following = {},
  ) {
    return this.#job(following, (remote, job) => remote.export(job, batch, format, spec));
  }

  computeLoss(input: Parameters<EngineFunctions['computeLoss']>[1], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.computeLoss(job, input));
  }

  row(batch: number, row: number) {
    return this.#ask((remote) => remote.row(batch, row));
  }

  locate(batch: number, row: number) {
    return this.#ask((remote) => remote.locate(batch, row));
  }

  /** Forgets a batch. Starts no worker to do so. */
  async release(batch: number): Promise<void> {
    this.#batches.delete(batch);
    if (this.#running) await this.#ask((remote) => remote.release(batch));
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.#batches.clear();
    this.#running?.then(({ worker, remote }) => {
      remote.$close(new CancelledError('The engine was closed'));
      worker.terminate();
    });
    this.#running = undefined;
  }

  async #job<T>(
    { signal, onProgress }: Following,
    ask: (remote: Remote, job: number) => Promise<T>,
  ): Promise<T> {
    return this.#ask(async (remote) => {
      if (signal?.aborted) throw new CancelledError('Cancelled');
      const job = ++this.#lastJob;
      const cancel = () => void remote.cancel(job);
      signal?.addEventListener('abort', cancel, { once: true });
      if (onProgress) this.#followed.set(job, { onProgress });
      try {
        return await ask(remote, job);
      } catch (error) {
        throw signal?.aborted ? new CancelledError('Cancelled') : error;
      } finally {
        signal?.removeEventListener('abort', cancel);
        this.#followed.delete(job);
      }
    });
  }

  /** Every question goes through here: the worker isn't idle while one is open. */
  async #ask<T>(question: (remote: Remote) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#asking++;
    try {
      return await question((await this.#worker()).remote);
    } finally {
      if (--this.#asking === 0) this.#idle = setTimeout(() => this.#stopIdle(), this.#idleMs);
    }
  }

  #stopIdle(): void {
    if (this.#asking === 0 && this.#batches.size === 0) this.dispose();
  }

  #worker(): Promise<Running> {
    this.#running ??= this.#run().catch((error) => {
      this.#running = undefined;
      throw error;
    });
    return this.#running;
  }

  async #run(): Promise<Running> {
    const worker = await this.#start();
    const remote: Remote = createBirpc<EngineFunctions, EngineEvents>(
      { progress: (job, fraction) => this.#followed.get(job)?.onProgress?.(fraction) },
      { post: (message) => worker.post(message), on: (listener) => worker.listen(listener), timeout: -1 },
    );
    worker.onStop((reason) => {
      // One that was stopped on purpose may have a successor.
      if (remote.$closed) return;
      this.#running = undefined;
      this.#batches.clear();
      remote.$close(new EngineStoppedError(reason));
    });
    return { worker, remote };
  }
}
