import type { Reduction } from '../loss/lossSpec.ts';
import type { RowStatistics } from '../loss/rows/rowStatistics.ts';
import type { Targets } from '../loss/rows/targets.ts';
import type { BatchSums } from '../loss/sums/batchSums.ts';

/** What the numbers are. Probabilities are used as their logarithm; log-probabilities are logits already. */
export type ValueKind = 'logits' | 'log-probabilities' | 'probabilities';

/** What is right in a row: one class; any number of them, each by itself; or the one class there is a single output for, or not. */
export type Labelling = 'one-class' | 'multi-label' | 'binary';

/** What was assumed, or left open, and has to be said. */
export type ReadWarning =
  /** Rows with this target aren't counted, though nothing says that it's padding. */
  | {
      readonly reason: 'assumed-padding';
      readonly name: string;
      readonly found: number;
      readonly rows: number;
    }
  /** Targets count from 1 here, as in R and Julia. */
  | { readonly reason: 'counted-from-1'; readonly name: string }
  /** What is called like targets and isn't: no class has this name. */
  | { readonly reason: 'no-targets-in'; readonly name: string; readonly found: string }
  /** What is called like targets isn't for these rows. */
  | { readonly reason: 'other-rows'; readonly name: string; readonly shape: readonly number[] }
  /** What is called like targets has a type that isn't read. */
  | { readonly reason: 'unread-targets'; readonly name: string; readonly found: string }
  /** The comma of `found` was read as a decimal one: columns without names may also have two numbers there. */
  | { readonly reason: 'decimal-commas'; readonly found: string }
  /** All are between 0 and 1, as outputs of sigmoids are, and the rows don't sum to 1. */
  | { readonly reason: 'shares' }
  /** Not all classes were given, but the likeliest. */
  | { readonly reason: 'top-only'; readonly classes: number };

/** Where in a table its logits are, for a program that reads the same file. */
export interface TablePlace {
  readonly delimiter: string;
  /** How many lines are above its first row. */
  readonly above: number;
  /** From 0, in the order of the classes. */
  readonly columns: readonly number[];
}

/** Logits as they were read, whatever they were written in. */
export interface LogitsBatch {
  /** C-contiguous; none if `statistics` are all there is; with `sums`, of a sample of the rows. */
  readonly values: Float32Array;
  /** The same in float64, of outputs of sigmoids where float32 is too little: see `exactShares.ts`. */
  readonly exact?: Float64Array;
  /** What a program elsewhere measured of logits that stayed there. */
  readonly statistics?: RowStatistics;
  /** What it added up there. `targets` are those of the sample then. */
  readonly sums?: BatchSums;
  readonly shape: readonly number[];
  /** The axis of the classes, and whether something in the source said so or it is PyTorch's (axis 1, the only one of a single row). */
  readonly classAxis: number;
  readonly classAxisFrom: 'shape' | 'class-count' | 'targets' | 'convention';
  /** What the values look like. The user may say otherwise. */
  readonly kind: ValueKind;
  /** Where it isn't one class, a sigmoid for each class is what fits. */
  readonly labelling: Labelling;
  readonly warnings: readonly ReadWarning[];
  readonly targets: Targets | null;
  /** (K) names, or null. */
  readonly classNames: readonly string[] | null;
  /** The keys the source uses, to speak of the data in its own words. */
  readonly keys: {
    readonly logits: string | null;
    readonly targets: string | null;
    /** Columns of a table that are neither. */
    readonly leftOut?: readonly string[];
  };
  /** What the source says about the loss; null where it says nothing. */
  readonly declared: {
    readonly labelSmoothing: number | null;
    readonly weight: Float64Array | null;
    readonly ignoreIndex: number | null;
    readonly reduction: Reduction | null;
  };
  /** The most decimals any logit was written with: how exact the source is. */
  readonly decimals: number;
  /** How far any logit may be from the one that was rounded to be printed: half a unit of the last digit. 0 if none was rounded. */
  readonly rounding: number;
  /** Of a table whose numbers stand there as they were read. */
  readonly inTable?: TablePlace;
  /** Where each innermost list of numbers (or record) lies: byte offsets [start, end) pairs. */
  readonly spans: Float64Array;
  /** The whole value: byte offsets. */
  readonly start: number;
  readonly end: number;
}
