import { type BirpcReturn, createBirpc } from 'birpc';
import type { PlanProblem, Trainer, TrainingListener, TrainingRun } from '../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../lab/training/trainingPlan.ts';
import type {
  TrainerBackend,
  TrainerEvents,
  TrainerFunctions,
  TrainerParts,
} from '../../protocol/trainerChannel.ts';
import type { EngineWorker } from '../client/workerTransport.ts';

/** A worker that runs `dist/trainer.js`, and what it's to be handed. */
export interface StartedTrainer {
  readonly worker: EngineWorker;
  readonly parts: TrainerParts;
}

/** Rejects whatever was asked of a worker that has ended. Its networks are gone. */
export class TrainerStoppedError extends Error {
  override readonly name = 'TrainerStoppedError';
}

interface Connected {
  readonly worker: EngineWorker;
  readonly remote: BirpcReturn<TrainerFunctions, TrainerEvents>;
  readonly backend: TrainerBackend;
}

/** tfjs takes tens of megabytes, which nobody needs long after a comparison. */
const IDLE_MS = 30_000;

/**
 * The trainer, for the extension host: starts its worker with the first plan, ends it some time after the last run was released, and
 * starts another if it has stopped by itself. What was asked of that one rejects with TrainerStoppedError.
 */
export class TrainerClient implements Trainer {
  readonly #start: () => Promise<StartedTrainer>;
  readonly #idleMs: number;
  readonly #listeners = new Map<number, TrainingListener>();
  #connecting: Promise<Connected> | undefined;
  #lastRun = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Promise<StartedTrainer>, idleMs = IDLE_MS) {
    this.#start = start;
    this.#idleMs = idleMs;
  }

  /** What trains: it says so in results. Starts the worker. */
  async backend(): Promise<TrainerBackend> {
    return (await this.#connected()).backend;
  }

  async begin(plan: TrainingPlan, listener: TrainingListener): Promise<TrainingRun | PlanProblem> {
    const run = ++this.#lastRun;
    clearTimeout(this.#idle);
    this.#listeners.set(run, listener);
    try {
      const { remote } = await this.#connected();
      const problem = await remote.begin(run, plan);
      if (!problem) return this.#runOf(remote, run);
      this.#forget(run);
      return problem;
    } catch (error) {
      this.#forget(run);
      throw error;
    }
  }

  dispose(): void {
    clearTimeout(this.#idle);
    const connecting = this.#connecting;
    this.#connecting = undefined;
    this.#listeners.clear();
    connecting?.then(
      ({ worker, remote }) => {
        remote.$close(new TrainerStoppedError('The trainer was closed'));
        worker.terminate();
      },
      () => {},
    );
  }

  #runOf(remote: Connected['remote'], run: number): TrainingRun {
    return {
      goOn: (without = []) => remote.goOn(run, without),
      // A worker that has ended trains no longer.
      pause: () => void remote.pause(run).catch(() => {}),
      logits: (features, rows) => remote.logits(run, features, rows),
      parameters: () => remote.parameters(run),
      release: async () => {
        if (!remote.$closed) await remote.release(run);
        this.#forget(run);
      },
    };
  }

  #forget(run: number): void {
    this.#listeners.delete(run);
    if (this.#listeners.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.dispose(), this.#idleMs);
  }

  #connected(): Promise<Connected> {
    this.#connecting ??= this.#connect().catch((error) => {
      this.#connecting = undefined;
      throw error;
    });
    return this.#connecting;
  }

  async #connect(): Promise<Connected> {
    const { worker, parts } = await this.#start();
    const remote = createBirpc<TrainerFunctions, TrainerEvents>(
      {
        progress: (run, progress) => this.#listeners.get(run)?.onProgress?.(progress),
        snapshots: (run, snapshots) => this.#listeners.get(run)?.onSnapshots?.(snapshots),
      },
      { post: (message) => worker.post(message), on: (listener) => worker.listen(listener), timeout: -1 },
    );
    worker.onStop((reason) => {
      if (remote.$closed) return;
      this.#connecting = undefined;
      remote.$close(new TrainerStoppedError(reason));
      worker.terminate();
    });
    return { worker, remote, backend: await remote.load(parts) };
  }
}
