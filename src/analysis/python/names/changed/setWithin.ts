import { countBefore } from '../../../common/countBefore.ts';
import { remembered } from '../../../common/remembered.ts';
import { type PyModule, type Scope, statementAt } from '../../syntax/pythonScopes.ts';
import type { SetPlace } from '../aliases/alias.ts';
import { isOfFresh } from '../aliases/freshObjects.ts';
import { keysSetBy } from '../aliases/keysSet.ts';
import type { HiddenSet } from '../hidden/hiddenSet.ts';
import { allHiddenSets } from '../hidden/hiddenSets.ts';
import { callsIn } from '../moduleIndex.ts';
import { type AttributeSet, setsOfAttributes } from './setAttributes.ts';

/** Functions that one calls that are looked at. */
const MOST_FUNCTIONS = 32;

/** Where a function or class, or a function that it calls in its file, sets an entry or attribute of something that it doesn't own. */
export function setWithin(called: Scope, key: string, user: Scope): SetPlace | undefined {
  const known = found(called);
  if (!known.has(key)) known.set(key, setIn(called, key, user));
  return known.get(key);
}

/** Of a function or class: by what is asked about. */
const found = remembered((_: Scope) => new Map<string, SetPlace | undefined>());

function setIn(called: Scope, key: string, user: Scope): SetPlace | undefined {
  const all = (reachedBy(called) ?? [called.module.scope]).map((each) => setsBy(each, key, user));
  const first = (kind: keyof Sets) =>
    all.flatMap((each) => each[kind] ?? []).sort((a, b) => a.span.from - b.span.from)[0];
  return first('attribute') ?? first('hidden') ?? first('entry');
}

/** The first places where a function, or one in it, sets something: an attribute, what isn't shown, an entry of a parameter. */
interface Sets {
  readonly attribute: SetPlace | undefined;
  readonly hidden: SetPlace | undefined;
  readonly entry: SetPlace | undefined;
}

/** By what is asked about: many may call one function. */
const setsKnown = remembered((_: Scope) => new Map<string, Sets>());

function setsBy(scope: Scope, key: string, user: Scope): Sets {
  const known = setsKnown(scope).get(key);
  if (known) return known;
  const { module, parameters } = scope;
  const attributes = setsOfAttributes(module).get(key) ?? [];
  const attribute = firstWithin(
    scope,
    attributes,
    ({ at }) => at,
    (each) => each.scope.kind === 'function' && !isOfOwn(each, user),
  );
  const sets: Sets = {
    attribute: attribute && { span: statementAt(module, attribute.at), scope: attribute.scope },
    hidden: firstWithin(
      scope,
      hiddenInFunctions(module),
      ({ span }) => span.from,
      (each) => each.sets(key),
    ),
    entry: parameters.flatMap(({ name }) => keysSetBy({ name, scope }).get(key) ?? [])[0],
  };
  setsKnown(scope).set(key, sets);
  return sets;
}

/** Of what the function has made itself: `report = {}`, and `report["eps"] = crit.eps`. What is in it may be what it's handed. */
function isOfOwn({ object, isOfElement = false, scope, at }: AttributeSet, user: Scope): boolean {
  return !isOfElement && /^\w+$/.test(object) && isOfFresh(object, { scope, at }, user);
}

/** The first of what is in order, in a function, that counts. */
function firstWithin<T extends { readonly scope: Scope }>(
  outer: Scope,
  all: readonly T[],
  at: (each: T) => number,
  counts: (each: T) => boolean,
): T | undefined {
  for (let i = countBefore(all, outer.span.from, at); i < all.length; i++) {
    const each = all[i]!;
    if (at(each) >= outer.span.to) return undefined;
    if (isWithin(each.scope, outer) && counts(each)) return each;
  }
  return undefined;
}

/** What functions set of their parameters in a way that isn't shown. */
const hiddenInFunctions = remembered((module: PyModule): readonly HiddenSet[] => {
  const all = [...allHiddenSets(module)].flatMap(([object, sets]) =>
    // What a method sets of its own object is no other's.
    sets.filter(({ scope }) =>
      scope.parameters.some(({ name }, i) => name === object && !(i === 0 && scope.parent?.kind === 'class')),
    ),
  );
  return all.sort((a, b) => a.span.from - b.span.from);
});

/** A function or class and those that it names as it calls them, and so on; null if they are too many. */
const reachedBy = remembered((called: Scope): readonly Scope[] | null => {
  const all = new Set([called]);
  for (const scope of all)
    for (const each of namedBy(scope)) if (all.add(each).size > MOST_FUNCTIONS) return null;
  return [...all];
});

/** A scope is in a function or class, or in one that it calls in its file. */
export function isReachedBy(called: Scope, scope: Scope): boolean {
  return (reachedBy(called) ?? [called.module.scope]).some((each) => isWithin(scope, each));
}

/** Those that it calls itself, of too many some. */
const namedBy = remembered(({ module, span }: Scope): readonly Scope[] => {
  const named = new Set<Scope>();
  for (const name of new Set(Array.from(callsIn(module, span), (call) => call.name)))
    for (const each of definedAs(module).get(name) ?? [])
      if (named.add(each).size > MOST_FUNCTIONS) return [...named];
  return [...named];
});

const definedAs = remembered(({ scopes }: PyModule): ReadonlyMap<string, readonly Scope[]> => {
  const byName = new Map<string, Scope[]>();
  for (const scope of scopes) {
    if (scope.kind === 'module' || scope.name === '') continue;
    const list = byName.get(scope.name) ?? [];
    list.push(scope);
    byName.set(scope.name, list);
  }
  return byName;
});

function isWithin(scope: Scope, outer: Scope): boolean {
  for (let each: Scope | null = scope; each; each = each.parent) if (each === outer) return true;
  return false;
}
