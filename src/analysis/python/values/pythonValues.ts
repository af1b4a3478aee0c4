import type { NumberToken, ValueOrigin } from '../../lossConfig.ts';
import type { SourcePlace, SourceSpan } from '../../sourcePlace.ts';
import { lineOf, type PyModule, type Scope } from '../syntax/pythonScopes.ts';
import type { Entries } from './dictEntries.ts';
import type { Expression } from './expression.ts';
import { MOST_ORIGINS } from './originLimit.ts';

/** What an expression comes to, as far as the sources tell. */
export type Value =
  | NumberValue
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  | PathValue
  | { readonly kind: 'definition'; readonly scope: Scope }
  /** An object of a class of the sources; `given` are the arguments it was made with. */
  | { readonly kind: 'instance'; readonly of: Scope; readonly given: ReadonlyMap<string, Expression> }
  | { readonly kind: 'sequence'; readonly elements: readonly Expression[] }
  | { readonly kind: 'mapping'; readonly entries: Entries }
  /** What a command line was parsed to, or a config object nothing is known of. */
  | { readonly kind: 'settings' }
  /** What a call of something imported gives. */
  | { readonly kind: 'result'; readonly of: PathValue; readonly call: Expression }
  /** `partial(callee, …)`; the arguments are those of `call` but the first. */
  | { readonly kind: 'partial'; readonly callee: Value; readonly call: Expression }
  | { readonly kind: 'unknown' };

export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  /** Written without a point: `1`. */
  readonly integer: boolean;
  readonly origins: readonly ValueOrigin[];
  readonly token: NumberToken | null;
}

/** Something imported: `torch.nn.CrossEntropyLoss`. */
export interface PathValue {
  readonly kind: 'path';
  readonly level: number;
  readonly parts: readonly string[];
  /** How many of `parts` the import statement says are modules. */
  readonly modules: number;
  readonly asker: PyModule;
}

export const UNKNOWN_VALUE: Value = { kind: 'unknown' };

export function placeOf(module: PyModule, { from, to }: SourceSpan): SourcePlace {
  return {
    span: { from, to },
    line: lineOf(module, from),
    ...(module.cell !== undefined && { cell: module.cell }),
    ...(module.key !== undefined && { module: module.key }),
  };
}

/** The full name of an imported thing; relative ones begin with dots. */
export function pathOf({ level, parts }: PathValue): string {
  return '.'.repeat(level) + parts.join('.');
}

/** The same value, one step further from its source; unknown if that makes too many. */
export function via(value: Value, kind: ValueOrigin['kind'], name: string, place: SourcePlace | null): Value {
  if (value.kind !== 'number') return value;
  if (value.origins.length >= MOST_ORIGINS) return UNKNOWN_VALUE;
  return { ...value, origins: [{ kind, name, place }, ...value.origins] };
}

/** One value that all of these agree on. */
export function agreed(values: readonly Value[]): Value {
  const [first, ...more] = values;
  if (!first) return UNKNOWN_VALUE;
  return more.every((value) => same(first, value)) ? first : UNKNOWN_VALUE;
}

function same(a: Value, b: Value): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
  if (a.kind === 'path' && b.kind === 'path') return pathOf(a) === pathOf(b);
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'definition' && b.kind === 'definition') return a.scope === b.scope;
  if (a.kind === 'boolean' && b.kind === 'boolean') return a.value === b.value;
  return a.kind === b.kind && (a.kind === 'none' || a.kind === 'settings');
}
