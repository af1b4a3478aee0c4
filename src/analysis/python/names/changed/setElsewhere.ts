import { remembered } from '../../../common/remembered.ts';
import type { Binding, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import type { Expression } from '../../values/expression.ts';
import { type Visible, visible } from '../visibleBindings.ts';
import { mayRunBetween } from './callersOf.ts';

/** Another function than those around a use sets it: when, and if at all, the module doesn't show. */
export function isSetElsewhere(dotted: string, { module, node }: Scope): boolean {
  const root = dotted.slice(0, dotted.indexOf('.'));
  return (setters(module).get(dotted) ?? []).some(
    (scope) => !scope.bindings.has(root) && (node === null || node.from !== scope.node?.from),
  );
}

/** What other functions set an attribute or entry to, of the same object, if they may have run since it was bound where that is seen. */
export function setMeanwhile(
  dotted: string,
  bound: Visible,
  { node, scope }: Expression,
): readonly Binding[] {
  const all = setters(scope.module).get(dotted);
  if (!all) return [];
  const root = dotted.slice(0, dotted.indexOf('.'));
  const owner = ownerOf(root, scope);
  const since =
    bound.isSure && bound.scope === scope ? Math.max(...bound.bindings.map(({ at }) => at)) : null;
  return all.flatMap((setter) => {
    if (isWithin(scope, setter) || ownerOf(root, setter) !== owner) return [];
    const mayHaveRun = since === null || mayRunBetween(setter, since, node.from);
    return mayHaveRun ? (setter.bindings.get(dotted) ?? []).slice(0, MOST) : [];
  });
}

function ownerOf(name: string, from: Scope): Scope | undefined {
  return visible(name, from, Number.POSITIVE_INFINITY)?.scope;
}

function isWithin(scope: Scope, outer: Scope): boolean {
  for (let each: Scope | null = scope; each; each = each.parent) if (each === outer) return true;
  return false;
}

/** Functions that set the same entry, and places in one of them, that are looked at. */
const MOST = 16;

/** The functions that set entries and attributes of what isn't theirs, by what they set. */
export const setters = remembered(({ scopes }: PyModule): ReadonlyMap<string, readonly Scope[]> => {
  const byName = new Map<string, Scope[]>();
  for (const scope of scopes) {
    if (scope.kind !== 'function') continue;
    for (const name of scope.bindings.keys()) {
      if (!name.includes('.')) continue;
      const list = byName.get(name) ?? [];
      if (list.length < MOST) list.push(scope);
      byName.set(name, list);
    }
  }
  return byName;
});
