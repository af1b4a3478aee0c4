import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import { childrenOf, textOf } from '../syntax/syntaxNodes.ts';

/**
 * What evidence of K is about, if not of all of its file. A test is about itself. A class is about itself and those that derive from
 * it, where others derive from the same class of the file: these are alternatives to it.
 */
export function reachOf(from: Scope): Scope | undefined {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.kind === 'function' && /^test_/.test(scope.name)) return scope;
    if (scope.kind === 'class' && familyOf(scope).size > 1) return scope;
  }
  return undefined;
}

/** True if what is said about `reach` counts for what is here. */
export function isWithin(reach: Scope, from: Scope): boolean {
  let owner: Scope | undefined;
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope === reach) return true;
    if (scope.kind === 'class') owner ??= scope;
  }
  if (reach.kind === 'function') return false;
  const family = owner ? familyOf(owner) : undefined;
  if (!family || family.has(reach)) return true;
  for (const each of familyOf(reach)) if (family.has(each)) return false;
  return true;
}

const families = new WeakMap<Scope, ReadonlySet<Scope>>();

/** Classes above one that are looked through. */
const MOST_CLASSES = 16;

/** A class, and those of its file that it derives from. */
function familyOf(scope: Scope): ReadonlySet<Scope> {
  let family = families.get(scope);
  if (!family) {
    const found = new Set([scope]);
    for (const each of found)
      for (const base of basesIn(each)) if (found.size < MOST_CLASSES) found.add(base);
    family = found;
    families.set(scope, family);
  }
  return family;
}

function basesIn({ node, module }: Scope): readonly Scope[] {
  const list = node?.getChild('ArgList');
  return (list ? childrenOf(list) : []).flatMap((base) => {
    if (base.name !== 'VariableName') return [];
    return classNamed(textOf(base, module.text), module) ?? [];
  });
}

function classNamed(name: string, { scope }: PyModule): Scope | undefined {
  const binding = scope.bindings.get(name)?.at(-1);
  return binding?.kind === 'definition' && binding.defined.kind === 'class' ? binding.defined : undefined;
}
