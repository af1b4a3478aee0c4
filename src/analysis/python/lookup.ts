import type { Binding, Scope } from './scopes.ts';

/** The bindings of a name a use may see. More than one: it depends on what runs. */
export interface Visible {
  readonly bindings: readonly Binding[];
  readonly scope: Scope;
}

/** Looks a name up as Python does: inwards out, past classes. `at` is where it is used. */
export function visible(name: string, from: Scope, at: number): Visible | undefined {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.kind === 'class' && scope !== from) continue;
    const bindings = scope.bindings.get(name);
    if (!bindings) continue;
    const seen = scope === from ? before(bindings, at) : last(bindings);
    if (seen.length > 0) return { bindings: seen, scope };
  }
  return undefined;
}

/** What the name may be at this place of its own scope: the last one that is sure to have run, and what came after. */
function before(bindings: readonly Binding[], at: number): readonly Binding[] {
  const seen: Binding[] = [];
  for (let i = bindings.length - 1; i >= 0; i--) {
    const binding = bindings[i]!;
    const from = binding.kind === 'value' ? Math.max(binding.at, binding.value.to) : binding.at;
    if (from > at) continue;
    seen.push(binding);
    if (binding.block.from <= at && at < binding.block.to) break;
  }
  return seen;
}

/** What it is once the scope has run. */
export function last(bindings: readonly Binding[]): readonly Binding[] {
  const seen: Binding[] = [];
  for (let i = bindings.length - 1; i >= 0; i--) {
    seen.push(bindings[i]!);
    if (!bindings[i]!.conditional) break;
  }
  return seen;
}
