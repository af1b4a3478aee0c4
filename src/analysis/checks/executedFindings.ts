import type { SourcePlace, SourceSpan } from '../sourcePlace.ts';
import type { Fix } from './fix.ts';

/** What running a hand-written loss showed to be wrong with it. */
export type ExecutedFinding =
  | TargetsSum
  | IgnoredRows
  | AlphaUnused
  | AlphaComplement
  | MeanOverClasses
  | WeightsUnused
  | CallFails;

interface Executed {
  /** The line that does it where that is in this document, else what is called. */
  readonly span: SourceSpan;
  /** The line that does it; null where none can be named. */
  readonly place: SourcePlace | null;
  readonly fix: Fix | null;
}

/** The targets of a softmax don't sum to 1. */
export interface TargetsSum extends Executed {
  readonly rule: 'targets-sum';
  readonly on: number;
  readonly off: number;
  readonly sum: number;
  /** K they were made with. */
  readonly classes: number;
}

/** Rows whose target is the index to be ignored. */
export interface IgnoredRows extends Executed {
  readonly rule: 'ignored-rows';
  readonly index: number;
  /** They raise `error`; count as other rows do; count 0 in a mean over all rows. */
  readonly how: 'fails' | 'stillCounts' | 'zeroInMean';
  readonly error: string | null;
}

/** The argument for α makes no difference, or only switches on another α. */
export interface AlphaUnused extends Executed {
  readonly rule: 'alpha-unused';
  readonly argument: string;
  /** The α there is whatever is given; null: none. */
  readonly fixed: number | null;
}

/** The parameter is 1 − α: an α of 0.1 leaves 0.1 to the true class. */
export interface AlphaComplement extends Executed {
  readonly rule: 'alpha-complement';
  readonly argument: string;
  readonly alpha: number;
}

/** The mean is also over the classes, so that each loss is divided by K. */
export interface MeanOverClasses extends Executed {
  readonly rule: 'mean-over-classes';
}

/** Class weights are given, and make no difference. */
export interface WeightsUnused extends Executed {
  readonly rule: 'weights-unused';
}

/** Calling it raises an error, whatever it's given. */
export interface CallFails extends Executed {
  readonly rule: 'call-fails';
  readonly error: string;
  readonly message: string;
}
