import type { SourceSpan } from '../../../sourcePlace.ts';

/** What is executed: Python as losses are written in it, each part with its place in the source. */
export type ExpressionCode = { readonly at: SourceSpan } & (
  | { readonly is: 'constant'; readonly value: null | boolean | string | { readonly int: number } | number }
  | { readonly is: 'ellipsis' }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'attribute'; readonly of: ExpressionCode; readonly name: string }
  | { readonly is: 'subscript'; readonly of: ExpressionCode; readonly key: ExpressionCode }
  | { readonly is: 'slice'; readonly parts: readonly (ExpressionCode | null)[] }
  | { readonly is: 'call'; readonly callee: ExpressionCode; readonly given: readonly GivenArgument[] }
  | {
      readonly is: 'binary';
      readonly operator: string;
      readonly left: ExpressionCode;
      readonly right: ExpressionCode;
    }
  | { readonly is: 'unary'; readonly operator: string; readonly operand: ExpressionCode }
  | {
      readonly is: 'compare';
      readonly first: ExpressionCode;
      readonly rest: readonly (readonly [string, ExpressionCode])[];
    }
  | {
      readonly is: 'both' | 'either';
      readonly left: ExpressionCode;
      readonly right: ExpressionCode;
    }
  | {
      readonly is: 'choice';
      readonly test: ExpressionCode;
      readonly chosen: ExpressionCode;
      readonly otherwise: ExpressionCode;
    }
  | { readonly is: 'tuple' | 'list' | 'set'; readonly items: readonly ExpressionCode[] }
  | { readonly is: 'dict'; readonly entries: readonly (readonly [ExpressionCode | null, ExpressionCode])[] }
  | { readonly is: 'star'; readonly of: ExpressionCode }
  | { readonly is: 'lambda'; readonly made: FunctionCode }
  | {
      readonly is: 'comprehension';
      readonly makes: 'list' | 'set' | 'dict';
      readonly key: ExpressionCode | null;
      readonly item: ExpressionCode;
      readonly loops: readonly Loop[];
    }
  | { readonly is: 'format'; readonly parts: readonly ExpressionCode[] }
  | { readonly is: 'assigning'; readonly name: string; readonly value: ExpressionCode }
  /** What isn't executed: `yield`, `await`. */
  | { readonly is: 'other'; readonly what: string }
);

export interface GivenArgument {
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: ExpressionCode;
}

/** `for target in of if …` of a comprehension. */
interface Loop {
  readonly target: ExpressionCode;
  readonly of: ExpressionCode;
  readonly conditions: readonly ExpressionCode[];
}

export interface ParameterCode {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly keywordOnly: boolean;
  readonly fallback: ExpressionCode | null;
}

export interface FunctionCode {
  readonly name: string;
  readonly at: SourceSpan;
  readonly parameters: readonly ParameterCode[];
  readonly body: readonly StatementCode[];
  /** What the body assigns to, its parameters included: these are never looked up outside. */
  readonly locals: ReadonlySet<string>;
  /** What it declares `nonlocal` or `global`. */
  readonly outer: ReadonlySet<string>;
}

export type StatementCode = { readonly at: SourceSpan } & (
  | { readonly is: 'expression'; readonly value: ExpressionCode }
  | { readonly is: 'assign'; readonly targets: readonly ExpressionCode[]; readonly value: ExpressionCode }
  /** `x: float`, in front of what is assigned: in a class a field. */
  | { readonly is: 'declare'; readonly name: string }
  | {
      readonly is: 'update';
      readonly target: ExpressionCode;
      readonly operator: string;
      readonly value: ExpressionCode;
    }
  | { readonly is: 'return'; readonly value: ExpressionCode | null }
  | {
      readonly is: 'if';
      readonly branches: readonly (readonly [ExpressionCode | null, readonly StatementCode[]])[];
    }
  | {
      readonly is: 'for';
      readonly target: ExpressionCode;
      readonly of: ExpressionCode;
      readonly body: readonly StatementCode[];
      readonly otherwise: readonly StatementCode[];
    }
  | { readonly is: 'while'; readonly test: ExpressionCode; readonly body: readonly StatementCode[] }
  | {
      readonly is: 'try';
      readonly body: readonly StatementCode[];
      readonly handlers: readonly Handler[];
      readonly otherwise: readonly StatementCode[];
      readonly last: readonly StatementCode[];
    }
  | {
      readonly is: 'with';
      readonly items: readonly (readonly [ExpressionCode, ExpressionCode | null])[];
      readonly body: readonly StatementCode[];
    }
  | { readonly is: 'function'; readonly made: FunctionCode; readonly decorators: readonly ExpressionCode[] }
  | {
      readonly is: 'class';
      readonly name: string;
      readonly bases: readonly GivenArgument[];
      readonly body: readonly StatementCode[];
      readonly decorators: readonly ExpressionCode[];
    }
  | { readonly is: 'import'; readonly names: readonly ImportedName[] }
  | { readonly is: 'assert'; readonly test: ExpressionCode }
  | { readonly is: 'raise'; readonly value: ExpressionCode | null }
  | { readonly is: 'delete'; readonly targets: readonly ExpressionCode[] }
  | { readonly is: 'pass' | 'break' | 'continue' }
  | { readonly is: 'other'; readonly what: string }
);

interface Handler {
  /** Null catches all. */
  readonly types: ExpressionCode | null;
  readonly name: string | null;
  readonly body: readonly StatementCode[];
}

/** `level` dots in front; `name` null for a module as such. */
export interface ImportedName {
  readonly bound: string | null;
  readonly level: number;
  readonly path: readonly string[];
  readonly name: string | null;
}
