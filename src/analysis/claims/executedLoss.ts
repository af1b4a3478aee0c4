import type { StopReason } from '../python/execute/run/endings.ts';
import type { SourcePlace, SourceSpan } from '../sourcePlace.ts';
import type { TargetValues } from './targetValues.ts';

/** What came of running a hand-written loss. */
export type ExecutedLoss = ReadLoss | StoppedLoss | FailedLoss | PendingLoss;

/** It's still to be run: there are many in its file. */
export interface PendingLoss {
  readonly kind: 'pending';
}

/** It was run: what it does is known. */
export interface ReadLoss {
  readonly kind: 'read';
  /** A function that only makes targets has no loss of its own. */
  readonly what: 'loss' | 'targets';
  /** Where its targets are made: the first and the last line of it; null where no line can be named. */
  readonly made: { readonly place: SourcePlace; readonly lastLine: number } | null;
  /** It has an α of its own, whatever it's called with. */
  readonly fixedAlpha: number | null;
  /** With what it's given at this place; null where α or K isn't known there. */
  readonly here: ExecutedFigures | null;
  /** As PyTorch calls it; null where it returns something PyTorch has no word for, or no loss. */
  readonly reduction: 'mean' | 'sum' | 'none' | null;
  readonly against: AgainstPyTorch | null;
  /** Null: it's that of the loss. `cut`: a part is detached, at a place; `own`: there's a backward pass of its own. */
  readonly gradient: { readonly is: 'cut' | 'own'; readonly place: SourcePlace | null } | null;
  /** What all of this depends on. */
  readonly holds: readonly HoldsWhile[];
  /** PyTorch's own loss in its place, where that is equal. */
  readonly replacement: Replacement | null;
}

/** Code that has to be true, or false; null: a model has to be in training, at its beginning. */
export interface HoldsWhile {
  readonly code: { readonly text: string; readonly place: SourcePlace | null } | null;
  readonly is: boolean;
}

/** What could stand in place of a call, in this document. */
export interface Replacement {
  readonly span: SourceSpan;
  readonly text: string;
}

/** Targets at one α and one K. */
export interface ExecutedFigures {
  /** Null where they are the same for any K. */
  readonly classes: number | null;
  /** Null where the true classes differ, or where several sets of logits have targets of their own. */
  readonly targets: TargetValues | null;
  /** The lowest loss of a row, in nats; null where there's no one floor. */
  readonly floor: number | null;
  /** By true class, where class weights make them differ. */
  readonly floors: readonly number[] | null;
}

/** Compared with `F.cross_entropy(label_smoothing=alpha)` on random rows. */
export interface AgainstPyTorch {
  readonly alpha: number;
  readonly equal: boolean;
  readonly rows: number;
  /** K of these rows. */
  readonly classes: readonly number[];
  /** The largest difference of a loss, nats. */
  readonly largest: number;
}

/** It couldn't be followed: nothing is known of its targets. */
export interface StoppedLoss {
  readonly kind: 'stopped';
  /** Null where it isn't one place that stopped it. */
  readonly place: SourcePlace | null;
  /** `many`: the losses of its file take too long together. */
  readonly reason: StopReason | 'many';
  /** What stopped it, as it's written, or what it raised; may be empty. */
  readonly what: string;
}

/** It raises whenever it's called. */
export interface FailedLoss {
  readonly kind: 'fails';
  readonly place: SourcePlace | null;
  /** Python's name of the error, and its message. */
  readonly error: string;
  readonly message: string;
}
