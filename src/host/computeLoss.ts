import type { EngineClient } from '../engine/client.ts';
import type { CrossEntropyResult } from '../loss/crossEntropy.ts';
import { LOSS_REDUCTIONS, type Reduction } from '../loss/spec.ts';
import type { LossCall } from '../protocol/engine.ts';
import { describeArgument, describeLossProblem } from './lossMessages.ts';
import { flatten, type NestedNumbers, NestingError } from './nestedNumbers.ts';

/** docs/semantics.md has the names of APIs and conventions. */
export interface LossRequest {
  /** (C), (N, C) or (N, C, d1 …); of an API whose classes come last (N, …, C). */
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
}

/** See `SmoothLabelsApi`. */
export async function computeLoss(engine: EngineClient, request: LossRequest): Promise<CrossEntropyResult> {
  const reply = await engine.computeLoss(callOf(request));
  if (!reply.ok) throw new Error(describeLossProblem(reply.problem));
  return reply.value;
}

/** Throws an Error that names the argument. */
function callOf(request: LossRequest): LossCall {
  const { api, convention, labelSmoothing, weight, ignoreIndex, reduction } = request;
  const check = (argument: string, value: unknown, right: boolean) => {
    if (value !== undefined && !right) throw new TypeError(describeArgument(argument, value));
  };
  check('api', api, typeof api === 'string');
  check('convention', convention, typeof convention === 'string');
  check('labelSmoothing', labelSmoothing, typeof labelSmoothing === 'number');
  check('ignoreIndex', ignoreIndex, Number.isInteger(ignoreIndex));
  check('reduction', reduction, LOSS_REDUCTIONS.includes(reduction!));
  return {
    logits: tensorOf('logits', request.logits),
    targets: tensorOf('targets', request.targets),
    ...(api !== undefined && { api }),
    ...(convention !== undefined && { convention }),
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(weight && { weight: Float64Array.from(tensorOf('weight', weight).data) }),
    ...(ignoreIndex !== undefined && { ignoreIndex }),
    ...(reduction !== undefined && { reduction }),
  };
}

type Typed = { readonly data: Int32Array | Float32Array | Float64Array; readonly shape: readonly number[] };

function tensorOf<T extends Typed>(
  argument: string,
  value: NestedNumbers | T,
): T | { readonly data: Float64Array; readonly shape: readonly number[] } {
  if (typeof value === 'object' && value !== null && 'data' in value) return value;
  try {
    if (typeof value !== 'number' && !Array.isArray(value)) throw new NestingError([], 'other', 'number');
    return flatten(value);
  } catch (error) {
    if (error instanceof NestingError) throw new TypeError(describeArgument(argument, error));
    throw error;
  }
}
