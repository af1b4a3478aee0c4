import { countBefore } from '../../common/countBefore.ts';
import type { Binding, Scope } from '../syntax/pythonScopes.ts';

/** The bindings of a name a use may see. More than one: it depends on what runs. */
interface Visible {
  readonly bindings: readonly Binding[];
  readonly scope: Scope;
}

/** A name that may have got its value in more places than this isn't followed. */
const MOST_BINDINGS = 64;

/** Looks a name up as Python does: inwards out, past classes. `offset` is where it is used. */
export function visible(name: string, from: Scope, offset: number): Visible | undefined {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.kind === 'class' && scope !== from) continue;
    const bindings = scope.bindings.get(name);
    if (!bindings) continue;
    const seen = scope === from ? before(bindings, offset) : last(bindings);
    if (seen.length > 0) return { bindings: seen, scope };
  }
  return undefined;
}

/** What the name may be at this place of its own scope: the last one that is sure to have run, and what came after. */
function before(bindings: readonly Binding[], offset: number): readonly Binding[] {
  const seen: Binding[] = [];
  const end = countBefore(bindings, offset + 1, (binding) => binding.at);
  for (let i = end - 1; i >= 0; i--) {
    const binding = bindings[i]!;
    if (end - i > MOST_BINDINGS) return [{ ...binding, kind: 'unknown' }];
    if (binding.kind === 'value' && binding.value.to > offset) continue;
    seen.push(binding);
    if (binding.block.from <= offset && offset < binding.block.to) break;
  }
  return seen;
}

const known = new WeakMap<readonly Binding[], readonly Binding[]>();

/** What it is once the scope has run. */
export function last(bindings: readonly Binding[]): readonly Binding[] {
  let seen = known.get(bindings);
  if (!seen) {
    const sure = bindings.findLastIndex(({ conditional }) => !conditional);
    const all = bindings.slice(Math.max(0, sure)).toReversed();
    seen = all.length > MOST_BINDINGS ? [{ ...all[0]!, kind: 'unknown' }] : all;
    known.set(bindings, seen);
  }
  return seen;
}

const inMethods = new WeakMap<readonly Binding[], readonly Binding[]>();

/** What an attribute is once the object is made: what `__init__` sets, else what any method does. */
export function lastOfAttribute(bindings: readonly Binding[]): readonly Binding[] {
  let seen = inMethods.get(bindings);
  if (!seen) {
    const inInit = bindings.filter(({ scope }) => scope.name === '__init__');
    seen = inInit.length > 0 ? last(inInit) : bindings;
    if (seen.length > MOST_BINDINGS) seen = [{ ...seen[0]!, kind: 'unknown' }];
    inMethods.set(bindings, seen);
  }
  return seen;
}
