import { type BirpcReturn, createBirpc } from 'birpc';
import type {
  EngineEvents,
  EngineFunctions,
  FileFormat,
  LibraryName,
  LostFile,
  SourceRequest,
} from '../protocol/engineChannel.ts';
import type { EngineWorker } from './workerTransport.ts';

/** How a caller follows a long question, or gives it up. */
export interface Following {
  readonly signal?: AbortSignal;
  /** 0…1 */
  readonly onProgress?: (fraction: number) => void;
}

/** Rejects a question whose signal was aborted. Not a failure: nobody waits for the answer. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/**
 * Rejects what was asked of a worker that has ended. Batches it held are gone. `fault`: it ended by itself, and the message says
 * why; `deaf`: it was ended, as it didn't hear that something was cancelled.
 */
export class EngineStoppedError extends Error {
  override readonly name = 'EngineStoppedError';
  readonly reason: 'fault' | 'deaf';

  constructor(message: string, reason: EngineStoppedError['reason'] = 'fault') {
    super(message);
    this.reason = reason;
  }
}

/** Rejects what is asked about a batch that was released or lost. */
export class BatchGoneError extends Error {
  override readonly name = 'BatchGoneError';

  constructor(batch: number) {
    super(`Batch ${batch} is no longer open`);
  }
}

/** Batches that are gone though nobody released them: their worker ended, or their file changed. */
export interface LostBatches {
  readonly batches: ReadonlySet<number>;
  readonly why: EngineStoppedError | LostFile;
}

type Remote = BirpcReturn<EngineFunctions, EngineEvents>;

interface Running {
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

/**
 * The engine, for the extension host: starts its worker with the first question, stops it when it's idle, and starts it again
 * with the next question, also after it has stopped by itself. Numbers of batches are never used again.
 *
 * A question rejects with CancelledError if its signal was aborted, with EngineStoppedError if the worker ended before it answered,
 * and one about a batch with BatchGoneError if that batch is closed. Input that can't be read is a value: an `Outcome`.
 */
export class EngineClient {
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

  /** True while questions about this batch can be answered. */
  holds(batch: number): boolean {
    return this.#running?.batches.has(batch) ?? false;
  }

  /** Tells of batches that are lost, once each. */
  onLost(listener: (lost: LostBatches) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
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
    return this.#job(following, ({ remote }, job) => remote.features(job, request));
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
    return this.#ask(({ remote }) => remote.frameworks());
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
    return this.#job(following, ({ remote }, job) => remote.computeLoss(job, input));
  }

  row(batch: number, row: number) {
    return this.#about(batch, () => this.#ask(({ remote }) => remote.row(batch, row)));
  }

  locate(batch: number, row: number) {
    return this.#about(batch, () => this.#ask(({ remote }) => remote.locate(batch, row)));
  }

  /** Forgets a batch, if it isn't gone already. */
  async release(batch: number): Promise<void> {
    if (!this.#running?.batches.delete(batch)) return;
    try {
      await this.#ask(({ remote }) => remote.release(batch));
    } catch (error) {
      // With its worker it's gone as well.
      if (!(error instanceof EngineStoppedError || error instanceof CancelledError)) throw error;
    }
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

  #jobAbout<T>(batch: number, following: Following, ask: (remote: Remote, job: number) => Promise<T>) {
    return this.#about(batch, () => this.#job(following, ({ remote }, job) => ask(remote, job)));
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
    return this.#job(following, async (running, job) => {
      for (const name of librariesOf(requests)) await sendLibrary(running, name);
      return ask(running, job);
    });
  }

  async #job<T>(
    { signal, onProgress }: Following,
    ask: (running: Running, job: number) => Promise<T>,
  ): Promise<T> {
    return this.#ask(async (running) => {
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
  async #ask<T>(question: (running: Running) => Promise<T>): Promise<T> {
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

function librariesOf(requests: readonly (SourceRequest | null | undefined)[]): ReadonlySet<LibraryName> {
  const names = new Set<LibraryName>();
  for (const request of requests) {
    const format = request && 'file' in request.input ? request.input.file.format : undefined;
    if (isLibrary(format)) names.add(format);
  }
  return names;
}

function isLibrary(format: FileFormat | undefined): format is LibraryName {
  return format === 'parquet' || format === 'arrow' || format === 'hdf5';
}

/** Sends a worker the text of a bundle, once, if it can't load that itself. */
function sendLibrary({ worker, remote, libraries }: Running, name: LibraryName): Promise<void> | undefined {
  const known = libraries.get(name);
  if (known || !worker.readScript) return known;
  const sent = worker.readScript(name).then((script) => remote.library(name, script));
  libraries.set(name, sent);
  sent.catch(() => libraries.delete(name));
  return sent;
}
