import { checkSize } from '../loss/batch/checkedInput.ts';
import { GIVEN_VALUES, type GivenValues } from '../loss/batch/lossInput.ts';
import { LOSS_REDUCTIONS } from '../loss/lossSpec.ts';
import type { LossCall } from '../protocol/engineChannel.ts';
import { flatten, MOST_AXES, NestingError, type NestingProblem } from './nestedNumbers.ts';

/** What an argument may be. */
export type ExpectedArgument =
  | 'object'
  | 'string'
  | 'number'
  | 'whole-number'
  | 'reduction'
  | 'values'
  | 'boolean'
  | 'numbers'
  | 'tensor'
  | 'float-data'
  | 'target-data'
  | 'shape'
  | 'sizes'
  | 'source'
  | 'options'
  | 'position';

/** Why an argument isn't what it may be. */
export type ArgumentProblem =
  | NestingProblem
  | { readonly reason: 'type'; readonly expected: ExpectedArgument; readonly found: unknown }
  /** A typed array by itself. */
  | { readonly reason: 'without-shape'; readonly found: unknown }
  | { readonly reason: 'no-such-argument'; readonly known: readonly string[] };

/** An argument isn't what it may be; nothing was computed. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
  readonly argument: string;
  readonly problem: ArgumentProblem;

  constructor(argument: string, problem: ArgumentProblem) {
    super(`${argument}: ${problem.reason}`);
    this.argument = argument;
    this.problem = problem;
  }
}

const ARGUMENTS: Readonly<Record<keyof LossCall, true>> = {
  logits: true,
  targets: true,
  api: true,
  convention: true,
  labelSmoothing: true,
  weight: true,
  ignoreIndex: true,
  reduction: true,
  values: true,
  withTargets: true,
};

/**
 * What another extension asks for, checked: nothing of it can be trusted to be what its type says. Throws ArgumentError, or
 * LossError where numbers don't fill their shape. An argument that doesn't exist is refused, too: a misspelt one would be left
 * out in silence.
 */
export function lossCallOf(request: unknown): LossCall {
  if (!isRecord(request)) throw wrong('request', 'object', request);
  for (const [name, value] of Object.entries(request)) {
    if (value !== undefined && !Object.hasOwn(ARGUMENTS, name))
      throw new ArgumentError(name, { reason: 'no-such-argument', known: Object.keys(ARGUMENTS) });
  }
  const {
    logits,
    targets,
    api,
    convention,
    labelSmoothing,
    weight,
    ignoreIndex,
    reduction,
    values,
    withTargets,
  } = request;
  return {
    logits: tensorOf('logits', logits, isFloats, 'float-data'),
    targets: tensorOf('targets', targets, isTargets, 'target-data'),
    ...(api !== undefined && { api: checked('api', api, isString, 'string') }),
    ...(convention !== undefined && { convention: checked('convention', convention, isString, 'string') }),
    ...(labelSmoothing !== undefined && {
      labelSmoothing: checked('labelSmoothing', labelSmoothing, isAlpha, 'number'),
    }),
    ...(weight !== undefined && { weight: weightOf(weight) }),
    ...(ignoreIndex !== undefined && {
      ignoreIndex: checked('ignoreIndex', ignoreIndex, isWholeNumber, 'whole-number'),
    }),
    ...(reduction !== undefined && { reduction: checked('reduction', reduction, isReduction, 'reduction') }),
    ...(values !== undefined && { values: checked('values', values, isGivenValues, 'values') }),
    ...(withTargets !== undefined && {
      withTargets: checked('withTargets', withTargets, isBoolean, 'boolean'),
    }),
  };
}

function checked<T>(
  argument: string,
  value: unknown,
  is: (value: unknown) => value is T,
  expected: ExpectedArgument,
): T {
  if (is(value)) return value;
  throw wrong(argument, expected, value);
}

function wrong(argument: string, expected: ExpectedArgument, found: unknown): ArgumentError {
  return new ArgumentError(argument, { reason: 'type', expected, found });
}

function weightOf(value: unknown): Float64Array {
  const { data, shape } = Array.isArray(value) ? flattened('weight', value) : { data: undefined, shape: [] };
  if (!data || shape.length !== 1) throw wrong('weight', 'numbers', value);
  return data;
}

type Typed = Int32Array | Float32Array | Float64Array;

function tensorOf<T extends Typed>(
  argument: 'logits' | 'targets',
  value: unknown,
  is: (value: unknown) => value is T,
  expected: ExpectedArgument,
): { readonly data: T | Float64Array; readonly shape: readonly number[] } {
  if (isNumber(value) || Array.isArray(value)) return flattened(argument, value);
  if (ArrayBuffer.isView(value)) throw new ArgumentError(argument, { reason: 'without-shape', found: value });
  if (!isRecord(value) || !('data' in value || 'shape' in value)) throw wrong(argument, 'tensor', value);
  const { data, shape } = value;
  if (!is(data)) throw wrong(argument, expected, data);
  if (!Array.isArray(shape) || shape.length > MOST_AXES) throw wrong(argument, 'shape', shape);
  const sizes = [...shape];
  const odd = sizes.findIndex((size) => !isSize(size));
  if (odd !== -1) throw wrong(argument, 'sizes', sizes[odd]);
  checkSize(argument, { data, shape: sizes });
  return { data: own(data), shape: sizes };
}

function flattened(argument: string, value: unknown): ReturnType<typeof flatten> {
  try {
    return flatten(value);
  } catch (error) {
    throw error instanceof NestingError ? new ArgumentError(argument, error.problem) : error;
  }
}

/** Of a part of a larger memory only the part goes to the engine, and nothing that others can write to while it computes. */
function own<T extends Typed>(data: T): T {
  const isAll = data.byteLength === data.buffer.byteLength && data.buffer instanceof ArrayBuffer;
  return isAll ? data : (data.slice() as T);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Frameworks compare α, and some take NaN for 0: it's a mistake rather than meant. */
function isAlpha(value: unknown): value is number {
  return isNumber(value) && !Number.isNaN(value);
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isSize(value: unknown): value is number {
  return isWholeNumber(value) && value >= 0;
}

function isReduction(value: unknown): value is (typeof LOSS_REDUCTIONS)[number] {
  return LOSS_REDUCTIONS.some((reduction) => reduction === value);
}

function isGivenValues(value: unknown): value is GivenValues {
  return GIVEN_VALUES.some((each) => each === value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isFloats(value: unknown): value is Float32Array | Float64Array {
  return value instanceof Float32Array || value instanceof Float64Array;
}

function isTargets(value: unknown): value is Typed {
  return value instanceof Int32Array || isFloats(value);
}
