import type { NumberToken, ValueOrigin } from '../../lossConfig.ts';
import type { SourcePlace, SourceSpan } from '../../sourcePlace.ts';
import { lineOf, type PyModule, type Scope } from '../syntax/pythonScopes.ts';
import type { Entries } from './dictEntries.ts';
import type { Expression } from './expression.ts';
import { MOST_ORIGINS } from './originLimit.ts';

/** What an expression comes to, as far as the sources tell. */
export type Value =
  | NumberValue
  /** One of these: which one depends on what runs. In the order of the source. */
  | { readonly kind: 'several'; readonly values: readonly NumberValue[] }
  | { readonly kind: 'text'; readonly text: string; readonly isDefault?: boolean }
  | BooleanValue
  | { readonly kind: 'none' }
  | PathValue
  | { readonly kind: 'definition'; readonly scope: Scope }
  /** An object of a class of the sources; `given` are the arguments it was made with. */
  | {
      readonly kind: 'instance';
      readonly of: Scope;
      readonly given: ReadonlyMap<string, Expression>;
      /** Made by a caller: what it was made with isn't known. */
      readonly isDefault?: boolean;
      /** `self` of a method: it may be of a subclass. */
      readonly isSelf?: boolean;
    }
  | { readonly kind: 'sequence'; readonly elements: readonly Expression[] }
  /** `isDefault`: what it has may have been set to something else. */
  | { readonly kind: 'mapping'; readonly entries: Entries; readonly isDefault?: boolean }
  /** What a command line was parsed to, or a config object nothing is known of. */
  | { readonly kind: 'settings' }
  /** What a call of something imported gives. */
  | { readonly kind: 'result'; readonly of: PathValue; readonly call: Expression }
  /** What a call of a function of the sources gives: not followed, but where it's made is known. */
  | { readonly kind: 'made'; readonly by: Scope; readonly call: Expression }
  /** `partial(callee, …)`; the arguments are those of `call` but the first. */
  | { readonly kind: 'partial'; readonly callee: Value; readonly call: Expression }
  /** `setBy`: what may have set it to something else, where that is why. */
  | { readonly kind: 'unknown'; readonly setBy?: { readonly name: string; readonly place: SourcePlace } };

export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  /** Written without a point: `1`. */
  readonly integer: boolean;
  /** A default: a caller, a command line or a file may say otherwise. */
  readonly isDefault?: boolean;
  readonly origins: readonly ValueOrigin[];
  readonly token: NumberToken | null;
}

interface BooleanValue {
  readonly kind: 'boolean';
  readonly value: boolean;
  /** A default, as of a number. */
  readonly isDefault?: boolean;
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

/** The same value, as a default: what is taken of it is one, too. */
export function asDefault(value: Value): Value {
  return mayBeDefault(value) ? { ...value, isDefault: true } : value;
}

/** True for what a caller, a command line or a file may say otherwise. */
export function isDefault(value: Value): boolean {
  return mayBeDefault(value) && value.isDefault === true;
}

type DefaultKind = 'number' | 'boolean' | 'text' | 'instance' | 'mapping';

function mayBeDefault(value: Value): value is Extract<Value, { readonly kind: DefaultKind }> {
  return /^(?:number|boolean|text|instance|mapping)$/.test(value.kind);
}

/** One value that all of these agree on. */
export function agreed(values: readonly Value[]): Value {
  const [first, ...more] = values;
  if (!first) return UNKNOWN_VALUE;
  if (!more.every((value) => same(first, value))) return severalOf(values);
  return more.some(isDefault) ? asDefault(first) : first;
}

/** More values of one name aren't listed. */
const MOST_VALUES = 16;

/** One of several numbers; unknown if anything else is among them, or one that somebody else may set. */
function severalOf(values: readonly Value[]): Value {
  const numbers: NumberValue[] = [];
  for (const value of values) {
    if (value.kind === 'several') numbers.push(...value.values);
    else if (value.kind === 'number' && !value.isDefault) numbers.push(value);
    else return values.find((each) => each.kind === 'unknown' && each.setBy) ?? UNKNOWN_VALUE;
  }
  const inOrder = numbers.toSorted((a, b) => startOf(a) - startOf(b));
  const distinct = [
    ...new Map(inOrder.toReversed().map((each) => [each.value, each] as const)).values(),
  ].reverse();
  return distinct.length > MOST_VALUES ? UNKNOWN_VALUE : { kind: 'several', values: distinct };
}

/** Where a number is written, in whichever file. */
function startOf({ token, origins }: NumberValue): number {
  return (token?.place ?? origins.at(-1)?.place)?.span.from ?? 0;
}

function same(a: Value, b: Value): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
  if (a.kind === 'path' && b.kind === 'path') return pathOf(a) === pathOf(b);
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  if (a.kind === 'definition' && b.kind === 'definition') return a.scope === b.scope;
  if (a.kind === 'boolean' && b.kind === 'boolean') return a.value === b.value;
  // One object, on whichever device.
  if (a.kind === 'instance' && b.kind === 'instance') return a.of === b.of && a.given === b.given;
  if (a.kind === 'result' && b.kind === 'result') return isOneCall(a.call, b.call);
  if (a.kind === 'made' && b.kind === 'made') return isOneCall(a.call, b.call);
  return a.kind === b.kind && (a.kind === 'none' || a.kind === 'settings');
}

function isOneCall(a: Expression, b: Expression): boolean {
  return a.scope === b.scope && a.node.from === b.node.from && a.node.to === b.node.to;
}
