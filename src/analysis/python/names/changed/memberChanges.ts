import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import { type PyModule, type Scope, statementAt } from '../../syntax/pythonScopes.ts';
import type { SetPlace } from '../aliases/alias.ts';
import { changedByAlias, objectsNamedIn, otherNamesOf } from '../aliases/aliases.ts';
import { isOfFresh } from '../aliases/freshObjects.ts';
import { allHiddenSets, hiddenSetsOn, nestedHiddenSets } from '../hidden/hiddenSets.ts';
import { setsOfOuter } from '../hidden/outerSets.ts';
import { objectsChangedIn } from './changedObjects.ts';
import { setters } from './setElsewhere.ts';
import { updatesOf } from './updatedObjects.ts';

/**
 * Where a module changes an entry or attribute of what is a name of the module, other than by an assignment to it by that name in
 * its own code: through another name, by a method, in a function.
 */
export function memberChanges(
  object: string,
  key: string,
  module: PyModule,
  user: Scope | null,
): readonly SetPlace[] {
  const alias = changedByAlias(object, key, module);
  const called = objectsChangedIn(module).get(object) ?? [];
  return [
    ...hiddenSetsOn(object, module).filter(
      (each) => each.sets(key) && !isOfFresh(object, { scope: each.scope, at: each.span.from }, user),
    ),
    ...otherNamesOf(object, module).flatMap(({ name, scope }) =>
      hiddenSetsOn(name, module).filter(
        (each) =>
          each.scope === scope && each.sets(key) && !isOfFresh(name, { scope, at: each.span.from }, null),
      ),
    ),
    ...setsOfOuter(object, key, module),
    ...(alias ? [alias] : []),
    ...called.filter(({ keys }) => keys?.includes(key)),
    ...setInFunctions(object, key, module),
  ];
}

/** Where an object, or what it's a member of, is updated as a whole by what the code doesn't show: `cfg.merge_from_file(path)`. */
export function updatesIn(object: string, module: PyModule): readonly SetPlace[] {
  const names = object.split('.').map((_, i, all) => all.slice(0, i + 1).join('.'));
  return names.flatMap((name) => updatesBy(module).get(name) ?? []);
}

const updatesBy = remembered((module: PyModule): ReadonlyMap<string, readonly SetPlace[]> => {
  const merged = [...updatesOf(module)].flatMap(([name, calls]) =>
    calls.flatMap(({ node, scope, ...call }) =>
      call.name === 'update' ? [] : [{ name, span: { from: node.from, to: node.to }, scope }],
    ),
  );
  const changed = [...objectsChangedIn(module).values()].flat().filter(({ keys }) => keys === null);
  return groupedBy([...merged, ...changed], ({ name }) => name);
});

function setInFunctions(object: string, key: string, module: PyModule): readonly SetPlace[] {
  const root = firstNameOf(object);
  const dotted = `${object}.${key}`;
  return (setters(module).get(dotted) ?? []).flatMap((scope) => {
    const [first] = ownerOf(root, scope).kind === 'module' ? (scope.bindings.get(dotted) ?? []) : [];
    return first ? [{ span: statementAt(module, first.at), scope }] : [];
  });
}

function ownerOf(name: string, from: Scope): Scope {
  let scope = from;
  while (scope.parent && !scope.bindings.has(name)) scope = scope.parent;
  return scope;
}

/** `cfg` of `cfg.loss`. */
export function firstNameOf(dotted: string): string {
  return dotted.split('.', 1)[0]!;
}

/** What is changed so, or may be, by its name: where nothing has this name, nothing is looked for. */
export const objectsChanged = remembered((module: PyModule): ReadonlySet<string> => {
  const set = [...setters(module).keys()].map((dotted) => dotted.slice(0, dotted.lastIndexOf('.')));
  const hidden = [...allHiddenSets(module).keys()].flatMap((each) => each ?? []);
  return new Set([
    ...set,
    ...hidden,
    ...nestedHiddenSets(module).keys(),
    ...objectsNamedIn(module),
    ...objectsChangedIn(module).keys(),
    ...updatesOf(module).keys(),
  ]);
});
