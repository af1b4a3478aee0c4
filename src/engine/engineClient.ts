import type { EngineFunctions, SourceRequest } from '../protocol/engineChannel.ts';
import {
  BatchGoneError,
  CancelledError,
  EngineStoppedError,
  type LostBatches,
} from './client/engineFailures.ts';
import { sendLibraries } from './client/sentLibraries.ts';
import {
  type EngineTimes,
  type Following,
  type Remote,
  type Running,
  WorkerLife,
} from './client/workerLife.ts';
import type { EngineWorker } from './client/workerTransport.ts';

/**
 * The engine, for the extension host: starts its worker with the first question, stops it when it's idle, and starts it again
 * with the next question, also after it has stopped by itself. Numbers of batches are never used again.
 *
 * A question rejects with CancelledError if its signal was aborted, with EngineStoppedError if the worker ended before it answered,
 * and one about a batch with BatchGoneError if that batch is closed. Input that can't be read is a value: an `Outcome`.
 */
export class EngineClient {
  readonly #life: WorkerLife;

  constructor(start: () => Promise<EngineWorker>, times: Partial<EngineTimes> = {}) {
    this.#life = new WorkerLife(start, times);
  }

  /** True while questions about this batch can be answered. */
  holds(batch: number): boolean {
    return this.#life.running?.batches.has(batch) ?? false;
  }

  /** Tells of batches that are lost, once each. */
  onLost(listener: (lost: LostBatches) => void): { dispose(): void } {
    return this.#life.onLost(listener);
  }

  open(request: Parameters<EngineFunctions['open']>[1], following: Following = {}) {
    return this.#jobOf([request, request.targets], following, async ({ remote, batches }, job) => {
      const opened = await remote.open(job, request);
      if (opened.ok) batches.add(opened.value.batch);
      return opened;
    });
  }

  list(request: Parameters<EngineFunctions['list']>[1], following: Following = {}) {
    return this.#jobOf([request], following, ({ remote }, job) => remote.list(job, request));
  }

  /** The arrays beside an open batch, in the file that it was read from, without reading that again. */
  members(batch: number, following: Following = {}) {
    return this.#jobAbout(batch, following, (remote, job) => remote.members(job, batch));
  }

  overview(request: Parameters<EngineFunctions['overview']>[1], following: Following = {}) {
    return this.#jobOf([request], following, ({ remote }, job) => remote.overview(job, request));
  }

  read(request: Parameters<EngineFunctions['read']>[1], following: Following = {}) {
    return this.#jobOf([request], following, ({ remote }, job) => remote.read(job, request));
  }

  sample(request: Parameters<EngineFunctions['sample']>[1], mostBytes: number, following: Following = {}) {
    return this.#jobOf([request], following, ({ remote }, job) => remote.sample(job, request, mostBytes));
  }

  features(request: Parameters<EngineFunctions['features']>[1], following: Following = {}) {
    return this.#life.job(following, ({ remote }, job) => remote.features(job, request));
  }

  view(batch: number, view: Parameters<EngineFunctions['view']>[2], following: Following = {}) {
    return this.#jobAbout(batch, following, (remote, job) => remote.view(job, batch, view));
  }

  attachTargets(
    batch: number,
    targets: Parameters<EngineFunctions['attachTargets']>[2],
    view: Parameters<EngineFunctions['attachTargets']>[3],
    following: Following = {},
  ) {
    return this.#about(batch, () =>
      this.#jobOf([targets], following, ({ remote }, job) => remote.attachTargets(job, batch, targets, view)),
    );
  }

  floors(batch: number, of: Parameters<EngineFunctions['floors']>[2], following: Following = {}) {
    return this.#jobAbout(batch, following, (remote, job) => remote.floors(job, batch, of));
  }

  totals(batch: number, change: Parameters<EngineFunctions['totals']>[2], following: Following = {}) {
    return this.#jobAbout(batch, following, (remote, job) => remote.totals(job, batch, change));
  }

  frameworks() {
    return this.#life.ask(({ remote }) => remote.frameworks());
  }

  calibrate(batch: number, following: Following = {}) {
    return this.#jobAbout(batch, following, (remote, job) => remote.calibrate(job, batch));
  }

  meanEntropy(batch: number, temperature: number, following: Following = {}) {
    return this.#jobAbout(batch, following, (remote, job) => remote.meanEntropy(job, batch, temperature));
  }

  export(
    batch: number,
    format: Parameters<EngineFunctions['export']>[2],
    spec: Parameters<EngineFunctions['export']>[3],
    following: Following = {},
  ) {
    return this.#jobAbout(batch, following, (remote, job) => remote.export(job, batch, format, spec));
  }

  computeLoss(input: Parameters<EngineFunctions['computeLoss']>[1], following: Following = {}) {
    return this.#life.job(following, ({ remote }, job) => remote.computeLoss(job, input));
  }

  row(batch: number, row: number) {
    return this.#about(batch, () => this.#life.ask(({ remote }) => remote.row(batch, row)));
  }

  locate(batch: number, row: number) {
    return this.#about(batch, () => this.#life.ask(({ remote }) => remote.locate(batch, row)));
  }

  /** Forgets a batch, if it isn't gone already. */
  async release(batch: number): Promise<void> {
    if (!this.#life.running?.batches.delete(batch)) return;
    try {
      await this.#life.ask(({ remote }) => remote.release(batch));
    } catch (error) {
      // With its worker it's gone as well.
      if (!(error instanceof EngineStoppedError || error instanceof CancelledError)) throw error;
    }
  }

  dispose(): void {
    this.#life.dispose();
  }

  #jobAbout<T>(batch: number, following: Following, ask: (remote: Remote, job: number) => Promise<T>) {
    return this.#about(batch, () => this.#life.job(following, ({ remote }, job) => ask(remote, job)));
  }

  /** A batch that's gone wakes no worker: the next one doesn't know it. */
  async #about<T>(batch: number, ask: () => Promise<T>): Promise<T> {
    if (!this.holds(batch)) throw new BatchGoneError(batch);
    try {
      return await ask();
    } catch (error) {
      const isKnown = error instanceof CancelledError || error instanceof EngineStoppedError;
      throw isKnown || this.holds(batch) ? error : new BatchGoneError(batch);
    }
  }

  /** A job that reads sources: the worker has what it reads them with before. */
  #jobOf<T>(
    requests: readonly (SourceRequest | null | undefined)[],
    following: Following,
    ask: (running: Running, job: number) => Promise<T>,
  ): Promise<T> {
    return this.#life.job(following, async (running, job) => {
      await sendLibraries(running, requests);
      return ask(running, job);
    });
  }
}
