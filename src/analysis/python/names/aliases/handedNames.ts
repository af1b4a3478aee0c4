import { firstOf } from '../../../common/firstOf.ts';
import { groupedBy } from '../../../common/groupedBy.ts';
import type { CallSite, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { type Argument, argListOf, argumentsOf, calleeOf, dottedOf } from '../../syntax/syntaxNodes.ts';
import { allHiddenSets, hiddenSetsOn, nestedHiddenSets } from '../hidden/hiddenSets.ts';
import { callsByName } from '../moduleIndex.ts';
import type { Alias } from './alias.ts';
import { keysSetBy, rootsSetIn } from './keysSet.ts';
import { namesGiven } from './namesGiven.ts';

/** Arguments of a call that are looked at, and functions of one name that are told apart. */
const [MOST, MOST_OF_NAME] = [64, 12];
/** Functions that hand on what they're handed, and so on. */
const ROUNDS = 4;

/** Parameters of functions of the module that set something of what they're handed, or hand it on to those that do. */
export function handedNames(module: PyModule): readonly Alias[] {
  const changing = new Map<Scope, Set<string>>();
  const own = parametersChanged(module);
  for (const [scope, names] of own) changing.set(scope, new Set(names));
  const byName = new Map<string, Callable[]>();
  for (const scope of own.keys()) addCallable(byName, scope);
  if (byName.size === 0) return [];
  const calls = callsByName(module);
  for (let [round, fresh] = [0, [...byName.keys()]]; fresh.length > 0 && round < ROUNDS; round++) {
    const found: string[] = [];
    for (const each of fresh.flatMap((name) => calls.get(name) ?? []))
      for (const { of } of namesHanded(each, byName, changing)) {
        const { scope } = each;
        const names = changing.get(scope) ?? new Set<string>();
        if (!scope.parameters.some(({ name }) => name === of) || names.has(of)) continue;
        if (!changing.has(scope)) found.push(addCallable(byName, scope));
        changing.set(scope, names.add(of));
      }
    fresh = found;
  }
  return [...byName.keys()]
    .flatMap((name) => calls.get(name) ?? [])
    .flatMap((each) => namesHanded(each, byName, changing));
}

/** A function, or a method that is handed its object besides. */
interface Callable {
  readonly scope: Scope;
  readonly isMethod: boolean;
}

/** Called by its name, or that of its class. */
function addCallable(byName: Map<string, Callable[]>, scope: Scope): string {
  const { parent } = scope;
  const isMethod = parent?.kind === 'class';
  const name = isMethod && scope.name === '__init__' ? parent.name : scope.name;
  const list = byName.get(name) ?? [];
  list.push({ scope, isMethod });
  byName.set(name, list);
  return name;
}

/** Of each function the parameters of which it sets something: itself, or by another name that it gives them. */
function parametersChanged(module: PyModule): ReadonlyMap<Scope, readonly string[]> {
  const hidden = groupedBy([...allHiddenSets(module).values()].flat(), ({ scope }) => scope);
  const nested = groupedBy([...nestedHiddenSets(module).values()].flat(), ({ scope }) => scope);
  const kept = groupedBy(
    module.scopes.flatMap((each) => (each.kind === 'class' ? namesGiven(each) : [])),
    ({ from }) => from,
  );
  const changed = new Map<Scope, readonly string[]>();
  for (const scope of module.scopes) {
    if (scope.kind !== 'function' || scope.name === '') continue;
    const sets = [...(hidden.get(scope) ?? []), ...(nested.get(scope) ?? [])];
    const set = new Set(sets.map(({ object }) => object?.split('.', 1)[0]));
    const inner = rootsSetIn(scope);
    const others = [...namesGiven(scope), ...(kept.get(scope) ?? [])];
    const names = scope.parameters.flatMap(({ name }) => {
      const all = [{ name, scope }, ...others.filter(({ of }) => of === name)];
      const isSet = all.some(
        (each) => keysSetBy(each).size > 0 || set.has(each.name) || inner.has(each.name),
      );
      return isSet ? [name] : [];
    });
    if (names.length > 0) changed.set(scope, names);
  }
  return changed;
}

/** What a call hands to parameters that are changed. */
function namesHanded(
  { node, name, scope: from }: CallSite,
  byName: ReadonlyMap<string, readonly Callable[]>,
  changing: ReadonlyMap<Scope, ReadonlySet<string>>,
): readonly Alias[] {
  const { text } = from.module;
  const isMember = calleeOf(node)?.name === 'MemberExpression';
  const given = argumentsOf(argListOf(node), text).slice(0, MOST);
  const all = byName.get(name) ?? [];
  if (all.length > MOST_OF_NAME) return handedToAny(all, given, from, changing);
  return all.flatMap(({ scope, isMethod }) => {
    // A function isn't called as a member of something, nor a method without, but for the name of its class.
    if (isMember !== isMethod && scope.name !== '__init__') return [];
    const parameters = isMethod ? scope.parameters.slice(1) : scope.parameters;
    return given.flatMap(({ name: keyword, star, value }, i) => {
      const parameter = keyword === null ? parameters[i] : parameters.find((each) => each.name === keyword);
      if (star !== '' || !parameter || !changing.get(scope)?.has(parameter.name)) return [];
      const of = dottedOf(value, text);
      return of === undefined ? [] : [{ of, from, name: parameter.name, scope }];
    });
  });
}

/** Which of many functions it's handed to isn't looked into: what any of them sets counts. */
function handedToAny(
  all: readonly Callable[],
  given: readonly Argument[],
  from: Scope,
  changing: ReadonlyMap<Scope, ReadonlySet<string>>,
): readonly Alias[] {
  const { text } = from.module;
  const objects = given.flatMap(({ star, value }) => (star === '' ? (dottedOf(value, text) ?? []) : []));
  if (objects.length === 0) return [];
  const parts = partsOfMany(all, changing);
  return objects.flatMap((of) => parts.map((part) => ({ ...part, of, from })));
}

/** What many functions of one name set altogether, and some that set what isn't shown. */
function partsOfMany(
  all: readonly Callable[],
  changing: ReadonlyMap<Scope, ReadonlySet<string>>,
): readonly Omit<Alias, 'of' | 'from'>[] {
  // More of them are found in each round.
  const known = parts.get(all);
  if (known?.count === all.length) return known.parts;
  const names = all.flatMap(({ scope }) => [...(changing.get(scope) ?? [])].map((name) => ({ name, scope })));
  const { module } = all[0]!.scope;
  const own = names.map((each) => keysSetBy(each));
  const isHidden = ({ name, scope }: { readonly name: string; readonly scope: Scope }) =>
    [...hiddenSetsOn(name, module), ...(nestedHiddenSets(module).get(name) ?? [])].some(
      (each) => each.scope === scope && each.isOfAny,
    );
  const [first] = names;
  const sets = new Map(own.flatMap((each) => [...each]));
  // Of those that hand it on, as of those that set what isn't shown, some have to do.
  const handingOn = names.filter((each, i) => own[i]!.size === 0 && !isHidden(each));
  const found = first
    ? [
        { ...first, sets },
        ...[names.filter(isHidden), handingOn].flatMap((each) => firstOf(each, MOST_OF_NAME)),
      ]
    : [];
  parts.set(all, { count: all.length, parts: found });
  return found;
}

const parts = new WeakMap<
  readonly Callable[],
  { readonly count: number; readonly parts: readonly Omit<Alias, 'of' | 'from'>[] }
>();
