import type { LossSpec } from '../lossSpec.ts';

/** A spec, and the arguments of `torch.nn.functional.cross_entropy` it is for. */
export interface CrossEntropyInput extends LossSpec {
  /** (C), (N, C) or (N, C, d1 …), or with the classes on another axis if the spec says so. */
  readonly logits: { readonly data: Float32Array | Float64Array; readonly shape: readonly number[] };
  /** Indices, of the logits' shape without its class axis; or probabilities, in floating point and of the logits' shape. */
  readonly targets: {
    readonly data: Int32Array | Float32Array | Float64Array;
    readonly shape: readonly number[];
  };
  /** What the numbers called logits are. Absent: logits. */
  readonly values?: GivenValues;
  /** The smoothed targets are wanted, too: as many numbers as there are logits. */
  readonly withTargets?: boolean;
}

export const GIVEN_VALUES = ['logits', 'log-probabilities', 'probabilities'] as const;

/**
 * Logits; ln p of each class, which is taken as it is; or p, which Keras divides by its sum and keeps 1e−7 away from 0 and 1 (where
 * the spec says so), and others take as it is.
 */
export type GivenValues = (typeof GIVEN_VALUES)[number];

/** All in nats. */
export interface CrossEntropyResult {
  /** A number; with reduction "none" the loss of each row. */
  readonly loss: number | Float64Array;
  /** The loss of each row before reduction, in C order of the axes other than the class axis. Of sigmoids the mean over the classes. */
  readonly rows: Float64Array;
  /** What labels of 1 and 0 become. */
  readonly onValue: number;
  readonly offValue: number;
  /** Only where they were asked for: the smoothed targets, of the logits' shape; 0 for every class where a row is ignored. */
  readonly targets?: { readonly data: Float64Array; readonly shape: readonly number[] };
  /**
   * The lowest this loss can be for these targets, reduced as the loss is (the mean, with reduction "none"). NaN for focal
   * losses with class weights or soft targets.
   */
  readonly floor: number;
  /** What the reduced loss is above its floor. */
  readonly excess: number;
  readonly accuracy: number;
}
