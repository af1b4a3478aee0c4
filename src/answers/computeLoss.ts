import type { EngineClient } from '../engine/engineClient.ts';
import { NamingError } from '../frameworks/namingErrors.ts';

import type { CrossEntropyResult, GivenValues } from '../loss/batch/lossInput.ts';
import { LossError } from '../loss/lossErrors.ts';
import type { Reduction } from '../loss/lossSpec.ts';
import { describeLossProblem } from '../problems/losses/lossMessages.ts';
import type { LossCall } from '../protocol/engineChannel.ts';
import { describeArgument } from './argumentMessages.ts';
import { ArgumentError, lossCallOf } from './lossArguments.ts';
import type { NestedNumbers } from './nestedNumbers.ts';

/** docs/semantics.md has the names of APIs and conventions. */
export interface LossRequest {
  /** (K), (N, K) or (N, K, d1 …); of an API whose classes come last (N, …, K). */
  logits: NestedNumbers | { data: Float32Array | Float64Array; shape: number[] };
  /** Indices, or probabilities of the logits' shape. */
  targets: NestedNumbers | { data: Int32Array | Float32Array | Float64Array; shape: number[] };
  /** An API, whose defaults, ranges and denominators count, like "keras.CategoricalCrossentropy". */
  api?: string;
  /** What α means, like "UNIFORM_OTHERS". By itself: in PyTorch's loss. */
  convention?: string;
  labelSmoothing?: number;
  weight?: number[];
  /** In a convention with a padding class: that class. */
  ignoreIndex?: number;
  reduction?: Reduction;
  /**
   * What `logits` holds: logits, as long as nothing is said; ln p, taken as it is; or p. Keras' losses (`from_logits=False`) divide
   * p by its sum and keep it 1e−7 away from 0 and 1, others take it as it is.
   */
  values?: GivenValues;
  /** Whether the result has the smoothed targets: as many numbers as there are logits. */
  withTargets?: boolean;
}

/** See `SmoothLabelsApi`. */
export async function computeLoss(engine: EngineClient, request: LossRequest): Promise<CrossEntropyResult> {
  const reply = await engine.computeLoss(checked(request));
  if (!reply.ok) throw new Error(describeLossProblem(reply.problem));
  return reply.value;
}

function checked(request: LossRequest): LossCall {
  try {
    return lossCallOf(request);
  } catch (error) {
    if (error instanceof ArgumentError) throw new TypeError(describeArgument(error));
    if (error instanceof LossError || error instanceof NamingError)
      throw new Error(describeLossProblem(error.problem));
    throw error;
  }
}
