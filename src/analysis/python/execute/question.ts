import type { SyntaxNode } from '@lezer/common';
import type { PythonSource } from './code/pythonSource.ts';
import type { FindModule } from './run/run.ts';

/** A definition that may smooth labels, and what a call of it is given. */
export interface ExecutionQuestion {
  readonly source: PythonSource;
  /** The class or function. */
  readonly node: SyntaxNode;
  readonly findModule: FindModule;
  /** The cells of a notebook that are one module with the source: from the call's own to the first. */
  readonly cells?: readonly PythonSource[];
  /** What the constructor, or the function, is given at the place that is asked about. */
  readonly given: readonly SiteArgument[];
  /** The parameter that α is, where that is known; else it's told by its name. */
  readonly alphaParameter?: string | undefined;
  /** The one that rows of labels are made with. */
  readonly classesParameter?: string | undefined;
  /** α and K at that place, where they are known by other means than the arguments. */
  readonly alpha?: number | undefined;
  readonly classes?: number | undefined;
}

export interface SiteArgument {
  /** Null by position. */
  readonly name: string | null;
  readonly value: SiteValue;
}

/** A value as it is, an expression of the module of the call, or something that can't be known. */
export type SiteValue =
  | { readonly is: 'value'; readonly value: null | boolean | number | string | { readonly int: number } }
  | { readonly is: 'code'; readonly node: SyntaxNode; readonly source: PythonSource }
  | { readonly is: 'unknown' };
