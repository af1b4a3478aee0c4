import type { EngineClient } from '../engine/client.ts';
import type { CrossEntropyInput, CrossEntropyResult } from '../loss/crossEntropy.ts';
import { DEFAULT_SPEC, LOSS_REDUCTIONS, type Reduction } from '../loss/spec.ts';
import { describeArgument, describeLossProblem } from './lossMessages.ts';
import { flatten, type NestedNumbers, NestingError } from './nestedNumbers.ts';

/** What other extensions get from `activate()`. */
export interface SmoothLabelsApi {
  readonly version: 1;
  /** The loss as `torch.nn.functional.cross_entropy` gives it, in nats. Rejects with a message that names the argument. */
  computeLoss(request: LossRequest): Promise<CrossEntropyResult>;
}

export interface LossRequest {
  /** (C), (N, C) or (N, C, d1 …) */
  logits: NestedNumbers | { data: Float32Array | Float64Array; shape: number[] };
  /** Indices, or probabilities of the logits' shape. */
  targets: NestedNumbers | { data: Int32Array | Float32Array | Float64Array; shape: number[] };
  labelSmoothing?: number;
  weight?: number[];
  ignoreIndex?: number;
  reduction?: Reduction;
}

export function createApi(engine: EngineClient): SmoothLabelsApi {
  return {
    version: 1,
    async computeLoss(request) {
      const reply = await engine.computeLoss(inputOf(request));
      if (!reply.ok) throw new Error(describeLossProblem(reply.problem));
      return reply.value;
    },
  };
}

/** Throws an Error that names the argument. */
function inputOf(request: LossRequest): CrossEntropyInput {
  const { labelSmoothing = 0, weight, ignoreIndex = DEFAULT_SPEC.ignoreIndex, reduction = 'mean' } = request;
  if (typeof labelSmoothing !== 'number')
    throw new TypeError(describeArgument('labelSmoothing', labelSmoothing));
  if (!Number.isInteger(ignoreIndex)) throw new TypeError(describeArgument('ignoreIndex', ignoreIndex));
  if (!LOSS_REDUCTIONS.includes(reduction)) throw new TypeError(describeArgument('reduction', reduction));
  return {
    logits: tensorOf('logits', request.logits),
    targets: tensorOf('targets', request.targets),
    labelSmoothing,
    weight: weight ? Float64Array.from(tensorOf('weight', weight).data) : null,
    ignoreIndex,
    reduction,
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
