import type { SourceSpan } from '../../../sourcePlace.ts';
import type { CodeSpan, PythonSource } from '../code/pythonSource.ts';
import type { Decisions } from '../tensors/decisions.ts';
import type { PyTensor } from '../tensors/tensor.ts';
import type { StopError, StopReason } from './endings.ts';
import type { FunctionValue, ModuleNames, PyValue, Unknown } from './values.ts';

export type NamedValues = ReadonlyMap<string, PyValue>;

/** Finds the module that an import names; null where its source isn't at hand, undefined of a package that is none of the workspace's. */
export type FindModule = (
  from: PythonSource,
  level: number,
  path: readonly string[],
) => PythonSource | null | undefined;

/** What a statement gave: the numbers of a tensor, or a number. */
export interface Traced extends CodeSpan {
  readonly values: ArrayLike<number>;
}

/** A run, as what is executed in it sees it. */
export interface PythonRun {
  /** Where it is now. */
  readonly at: SourceSpan;
  readonly source: PythonSource;
  /** Attributes of objects that were read, and that were assigned to. */
  readonly attributesRead: Set<string>;
  readonly attributesSet: Set<string>;
  /** Functions and constants of frameworks that a module replaces. */
  readonly patched: ReadonlySet<string>;
  /** Where a function with a gradient of its own was called: `torch.autograd.Function`. */
  ownGradient: CodeSpan | null;
  /** A module is being trained. */
  readonly isTraining: boolean;
  /** Something depends on whether it is. */
  asksTraining: boolean;
  readonly decisions: Decisions;
  /** False behind `torch.set_grad_enabled(False)`. */
  hasGradients: boolean;
  /** A loss of torch had rows that it ignores. */
  skipsRows: boolean;
  /** What no gradient flows through. */
  cut(tensor: PyTensor): PyTensor;
  /** Pays for work. Throws a StopError where there's nothing left to pay with. */
  spend(steps: number): void;
  stop(reason: StopReason, what?: string): StopError;
  unknown(what: string, reason?: Unknown['reason']): Unknown;
  /** The value of a name of a module. */
  global(module: ModuleNames, name: string): PyValue | undefined;
  /** Calls whatever can be called. */
  call(callee: PyValue, positional: readonly PyValue[], named: NamedValues): PyValue;
  /** Runs a function with its parameters bound. */
  run(made: FunctionValue, values: NamedValues): PyValue;
  attribute(of: PyValue, name: string): PyValue;
  /** What a setting of something that isn't known is tried as; undefined for any other attribute. */
  optionOf(of: PyValue, name: string): PyValue | undefined;
}
