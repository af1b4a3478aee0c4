import type { Reduction } from '../loss/lossSpec.ts';
import type { Targets } from '../loss/rows/targets.ts';

/** What the numbers are. Probabilities are used as their logarithm; log-probabilities are logits already. */
export type ValueKind = 'logits' | 'log-probabilities' | 'probabilities';

/** Logits as they were read, whatever they were written in. */
export interface LogitsBatch {
  /** C-contiguous. */
  readonly values: Float32Array;
  readonly shape: readonly number[];
  /** The axis of the classes, and whether something in the source said so or it is PyTorch's (axis 1, the only one of a single row). */
  readonly classAxis: number;
  readonly classAxisFrom: 'shape' | 'class-count' | 'targets' | 'convention';
  /** What the values look like. The user may say otherwise. */
  readonly kind: ValueKind;
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
  /** Where each innermost list of numbers (or record) lies: byte offsets [start, end) pairs. */
  readonly spans: Float64Array;
  /** The whole value: byte offsets. */
  readonly start: number;
  readonly end: number;
}
