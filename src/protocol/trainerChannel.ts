import type {
  Parameters,
  PlanProblem,
  TrainingProgress,
  TrainingSnapshot,
  TrainingState,
} from '../lab/training/trainer.ts';
import type { TrainingPlan } from '../lab/training/trainingPlan.ts';

/** The backends of tfjs that are packaged. */
export type TrainerBackend = 'wasm' | 'cpu';

/** What the worker can't find by itself: it has neither files nor a network. */
export interface TrainerParts {
  /** tfjs' WASM binary; without it tfjs computes in JavaScript. */
  readonly tfjs: Uint8Array<ArrayBuffer> | null;
  /** Our kernel for rows; without it losses are computed in JavaScript. */
  readonly kernel: Uint8Array<ArrayBuffer> | null;
  /** Our products of matrices in tfjs' WASM memory; without them tfjs' own are used, which take three times as long. */
  readonly matrices: Uint8Array<ArrayBuffer> | null;
}

/** What may be asked of the worker that trains. `run` is a number that the caller gives, and gives once. */
export interface TrainerFunctions {
  /** Comes first. Answers which backend trains: `cpu` where WASM can't be started. */
  load(parts: TrainerParts): Promise<TrainerBackend>;
  begin(run: number, plan: TrainingPlan): Promise<PlanProblem | null>;
  goOn(run: number, without: readonly number[]): Promise<TrainingState>;
  /** `goOn` answers after the epoch that is running. Nothing happens if none is. */
  pause(run: number): Promise<void>;
  logits(run: number, features: Float32Array, rows: number): Promise<Float32Array>;
  parameters(run: number): Promise<readonly Parameters[]>;
  /** Ends it wherever it is: `goOn` is rejected. */
  release(run: number): Promise<void>;
}

/** What the worker tells while it trains, at most ten times a second each. */
export interface TrainerEvents {
  progress(run: number, progress: TrainingProgress): void;
  snapshots(run: number, snapshots: readonly TrainingSnapshot[]): void;
}
