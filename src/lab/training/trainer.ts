import type { TrainingPlan } from './trainingPlan.ts';

/** Where a plan can't be carried out, and why. */
export type PlanProblem =
  | { readonly reason: 'no-networks' | 'no-rows' | 'rows-differ' | 'not-a-number' }
  | { readonly reason: 'layers'; readonly found: number }
  | { readonly reason: 'label'; readonly split: number; readonly row: number }
  | { readonly reason: 'not-finite'; readonly split: number; readonly row: number; readonly column: number }
  /** More numbers than training has memory for. */
  | { readonly reason: 'too-large'; readonly bytes: number; readonly most: number };

/** Why training stands still. */
export type TrainingState =
  | { readonly kind: 'finished' | 'paused'; readonly epoch: number }
  /** The loss of these networks isn't a number any more since `epoch`. The others are fine, and can go on without them. */
  | { readonly kind: 'broken'; readonly epoch: number; readonly networks: readonly number[] };

/** Everything measured after an epoch. */
export interface TrainingSnapshot {
  /** 0 is before the first step. */
  readonly epoch: number;
  /** (networks, FIGURES): `measure/labFigures.ts` names them; NaN is a figure that this comparison doesn't have. */
  readonly figures: Float64Array;
  /** Coordinates of the activations of three classes, in units of the mean distance of their centres; training rows, then test rows. */
  readonly planes: readonly PlanePoints[];
  /** (networks, points, outputs) probabilities at the plan's probe, or null. */
  readonly probe: Float32Array | null;
}

/** One network's activations of three classes. */
export interface PlanePoints {
  readonly train: PlaneRows;
  readonly test: PlaneRows;
}

/** Points of a plane: (points, 2) in float32, (points) which of the three classes, and whether the network was right there. */
export interface PlaneRows {
  readonly points: Float32Array;
  readonly classes: Uint8Array;
  readonly right: Uint8Array;
}

/** How far training is. */
export interface TrainingProgress {
  /** Epochs done, with a fraction. */
  readonly epoch: number;
  readonly epochs: number;
  /** Milliseconds that what's left will take, judged by what has been done; null before that can be told. */
  readonly msLeft: number | null;
}

/** Of one tensor of every network: (networks, …shape). */
export interface Parameters {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Who hears of a run while it trains: no more than ten times a second. */
export interface TrainingListener {
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly onSnapshots?: (snapshots: readonly TrainingSnapshot[]) => void;
}

/** Networks in training. Whoever began it ends it, with `release`. */
export interface TrainingRun {
  /** Trains until the end, until `pause`, or until a loss breaks. `without` names networks whose losses don't matter any more. */
  goOn(without?: readonly number[]): Promise<TrainingState>;
  /** Stops after the epoch that is running, which is measured then. */
  pause(): void;
  /** The logits of any rows by every network: (networks, rows, outputs). `features` is (rows, inputs) for each network, or once for all. */
  logits(features: Float32Array, rows: number): Promise<Float32Array>;
  parameters(): Promise<readonly Parameters[]>;
  release(): Promise<void>;
}

/** What trains networks: given to the lab by whoever has one. */
export interface Trainer {
  begin(plan: TrainingPlan, listener: TrainingListener): Promise<TrainingRun | PlanProblem>;
}
