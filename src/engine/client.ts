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

/**
 * The engine, for the extension host: starts its worker with the first question, and again with the next one after it
 * has stopped by itself.
 */
export class EngineClient {
  readonly #start: () => Promise<EngineWorker>;
  readonly #followed = new Map<number, Following>();
  #running: Promise<Running> | undefined;
  #lastJob = 0;

  constructor(start: () => Promise<EngineWorker>) {
    this.#start = start;
  }

  open(request: Parameters<EngineFunctions['open']>[1], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.open(job, request));
  }

  view(batch: number, view: Parameters<EngineFunctions['view']>[2], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.view(job, batch, view));
  }

  floors(batch: number, labelSmoothing: number, following: Following = {}) {
    return this.#job(following, (remote, job) => remote.floors(job, batch, labelSmoothing));
  }

  copy(
    batch: number,
    format: Parameters<EngineFunctions['copy']>[2],
    spec: Parameters<EngineFunctions['copy']>[3],
  ) {
    return this.#job({}, (remote, job) => remote.copy(job, batch, format, spec));
  }

  computeLoss(input: Parameters<EngineFunctions['computeLoss']>[1], following: Following = {}) {
    return this.#job(following, (remote, job) => remote.computeLoss(job, input));
  }

  async row(batch: number, row: number) {
    return (await this.#worker()).remote.row(batch, row);
  }

  async locate(batch: number, row: number) {
    return (await this.#worker()).remote.locate(batch, row);
  }

  /** Forgets a batch. Starts no worker to do so. */
  async release(batch: number): Promise<void> {
    await (await this.#running)?.remote.release(batch);
  }

  dispose(): void {
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
    const { remote } = await this.#worker();
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
      this.#running = undefined;
      remote.$close(new EngineStoppedError(reason));
    });
    return { worker, remote };
  }
}
