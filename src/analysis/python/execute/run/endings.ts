import type { SourceSpan } from '../../../sourcePlace.ts';
import type { PythonSource } from '../code/pythonSource.ts';
import type { FunctionValue } from './values.ts';

/** Why a definition can't be executed any further. */
export type StopReason =
  /** What a decision depends on isn't known here. */
  | 'unknown'
  /** An operation, or a part of the language, that isn't executed. */
  | 'unsupported'
  /** Something is random. */
  | 'random'
  | 'syntax'
  /** Too deep, too long, too large. */
  | 'deep'
  | 'long'
  | 'large'
  /** It raises, but perhaps only because of how it is called here. */
  | 'raises'
  /** The targets change from call to call, or in a method besides. */
  | 'changes'
  /** It can't be told which parameter is what. */
  | 'roles'
  /** It isn't the loss of a row, or its targets: something else comes of it. */
  | 'other';

/** Ends an execution: what comes next can't be told. Python's `except` doesn't catch it. */
export class StopError extends Error {
  override readonly name = 'StopError';
  readonly at: SourceSpan;
  readonly reason: StopReason;
  /** The operation or name that stopped it, as it's written; empty where there is none. */
  readonly what: string;
  /** Of which `at` is a part; set on the way out. */
  source: PythonSource | undefined;

  constructor(at: SourceSpan, reason: StopReason, what = '') {
    super(`${reason} ${what}`);
    this.at = at;
    this.reason = reason;
    this.what = what;
  }
}

/** A class has no method that it could be called by, whatever it's given. */
export class UncallableError extends StopError {}

/** What Python would raise. */
export class RaisedError extends Error {
  override readonly name = 'RaisedError';
  readonly type: string;
  /** The innermost statement that is left by it. */
  from: { readonly at: SourceSpan; readonly source: PythonSource } | undefined;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const CONSTRUCTOR = 'def __init__';
/** What PyTorch says of it. */
export const UNINITIALIZED = `object has no attribute '_backward_hooks'`;

/** A module of PyTorch was called whose constructor doesn't call that of its base: it raises, whatever it's given. */
export class UninitializedError extends RaisedError {
  constructor(name: string, init: FunctionValue | undefined) {
    super('AttributeError', `'${name}' ${UNINITIALIZED}`);
    if (!init) return;
    const { code, around } = init;
    const at = { from: code.at.from, to: code.at.from + CONSTRUCTOR.length };
    this.from = { at, source: around.module.code.source };
  }
}
