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
  const set = changesOf(object, module).get(key);
  const dot = object.lastIndexOf('.');
  if (set || dot === -1 || object.startsWith('self.')) return set;
  // What has it may be another one.
  return changedByAlias(object.slice(0, dot), object.slice(dot + 1), module);
}

/** Any of them is. */
export function hasChangedAlias(object: string, module: PyModule): boolean {
  return changesOf(object, module).size > 0;
}

/** Its other names, and where each is one. */
export function otherNamesOf(object: string, module: PyModule): readonly Alias[] {
  const { byOf, found } = namesIn(module);
  let names = found.get(object);
  if (!names) {
    const parts = object.startsWith('self.') ? [] : namesOfParts(object, module, byOf);
    if (parts.length === 0 && !byOf.has(object)) return [];
    names = reached(object, parts, byOf);
    found.set(object, names);
  }
  return names;
}

/** `c.loss` of `cfg.loss` with `c = cfg`, `each` with `for each in cfg.values()`. */
function namesOfParts(
  object: string,
  module: PyModule,
  byOf: ReadonlyMap<string, readonly Alias[]>,
): readonly Alias[] {
  const dot = object.lastIndexOf('.');
  if (dot === -1) return [];
  const [of, rest] = [object.slice(0, dot), object.slice(dot + 1)];
  const outer = otherNamesOf(of, module);
  const elements = [of, ...outer.map(({ name }) => name)].flatMap((name) => byOf.get(`${name}.*`) ?? []);
  return [...outer.map((each) => ({ ...each, name: `${each.name}.${rest}` })), ...elements];
}

/** What a module has of them, and what was asked of it. */
const namesIn = remembered((module: PyModule) => ({
  byOf: groupedBy([...module.scopes.flatMap(namesGiven), ...handedNames(module)], ({ of }) => of),
  found: new Map<string, readonly Alias[]>(),
  changes: new Map<string, ReadonlyMap<string, SetPlace>>(),
}));

/** Names, names of these, and so on. */
function reached(
  object: string,
  parts: readonly Alias[],
  byOf: ReadonlyMap<string, readonly Alias[]>,
): readonly Alias[] {
  const names = new Map<string, Alias>();
  const add = (each: Alias) => {
    const key = `${each.name} ${each.scope.span.from}`;
    // A function may be given it many times.
    if (names.size < MOST && !names.has(key) && each.name !== object) names.set(key, each);
  };
  for (const each of [...(byOf.get(object) ?? []), ...parts]) add(each);
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
