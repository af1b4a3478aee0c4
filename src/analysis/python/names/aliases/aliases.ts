import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { PyModule, Scope } from '../../syntax/pythonScopes.ts';
import type { Alias, SetPlace } from './alias.ts';
import { handedNames } from './handedNames.ts';
import { keysSetBy } from './keysSet.ts';
import { namesGiven } from './namesGiven.ts';

/** Names of one object that are looked at. */
const MOST = 64;

/** Where an entry or attribute is set by another name of its object, here or in a function that is given it. */
export function changedByAlias(object: string, key: string, module: PyModule): SetPlace | undefined {
  return changesOf(object, module).get(key);
}

/** Any of them is. */
export function hasChangedAlias(object: string, module: PyModule): boolean {
  return changesOf(object, module).size > 0;
}

/** Its other names, and where each is one. */
export function otherNamesOf(object: string, module: PyModule): readonly Alias[] {
  const { byOf, found } = namesIn(module);
  if (!byOf.has(object)) return [];
  let names = found.get(object);
  if (!names) {
    names = reached(object, byOf);
    found.set(object, names);
  }
  return names;
}

/** What a module has of them, and what was asked of it. */
const namesIn = remembered((module: PyModule) => ({
  byOf: groupedBy([...module.scopes.flatMap(namesGiven), ...handedNames(module)], ({ of }) => of),
  found: new Map<string, readonly Alias[]>(),
  changes: new Map<string, ReadonlyMap<string, SetPlace>>(),
}));

/** Names, names of these, and so on. */
function reached(object: string, byOf: ReadonlyMap<string, readonly Alias[]>): readonly Alias[] {
  const names = new Map<string, Alias>();
  const add = (each: Alias) => {
    const key = `${each.name} ${each.scope.span.from}`;
    // A function may be given it many times.
    if (names.size < MOST && !names.has(key) && each.name !== object) names.set(key, each);
  };
  for (const each of byOf.get(object) ?? []) add(each);
  for (const { name, scope } of names.values())
    for (const each of byOf.get(name) ?? []) if (isWithin(each.from, scope)) add(each);
  return [...names.values()];
}

function isWithin(scope: Scope, outer: Scope): boolean {
  for (let each: Scope | null = scope; each; each = each.parent) if (each === outer) return true;
  return false;
}

function changesOf(object: string, module: PyModule): ReadonlyMap<string, SetPlace> {
  const { changes } = namesIn(module);
  let known = changes.get(object);
  if (!known) {
    known = new Map(otherNamesOf(object, module).flatMap((each) => [...keysSetBy(each)]));
    changes.set(object, known);
  }
  return known;
}

/** The objects that have other names in a module. */
export function objectsNamedIn(module: PyModule): Iterable<string> {
  return namesIn(module).byOf.keys();
}
