import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import {
  type CallSite,
  type PyModule,
  type Scope,
  type StarImport,
  scopeAt,
  statementAt,
} from '../../syntax/pythonScopes.ts';
import { calleeOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { SetPlace } from '../aliases/alias.ts';
import { isOfFresh } from '../aliases/freshObjects.ts';
import { keysSetBy } from '../aliases/keysSet.ts';
import { objectsMeant } from '../aliases/objectsMeant.ts';
import { allHiddenSets } from '../hidden/hiddenSets.ts';
import { callsIn } from '../moduleIndex.ts';
import { placesIn } from './callersOf.ts';
import { type AttributeSet, setsOfAttributes } from './setAttributes.ts';

/** Places of one name, functions that one calls and expressions around a name that are looked at. */
const [MOST_PLACES, MOST_FUNCTIONS, MOST_LEVELS] = [64, 32, 4];

/** Where a function of another file or cell sets an attribute or entry of what it's handed by a name. `counts`: which calls do. */
export function changedAbroad(
  evaluator: Evaluator,
  name: string,
  key: string,
  module: PyModule,
  counts: (call: Pick<CallSite, 'node' | 'scope'>) => boolean,
): SetPlace | undefined {
  if (!mayCallOthers(evaluator, module)) return undefined;
  for (const { node, scope } of callsHanded(name, module)) {
    const callee = calleeOf(node);
    if (!callee || !counts({ node, scope })) continue;
    const value = evaluator.resolve({ node: callee, scope });
    const called =
      value.kind === 'definition' ? value.scope : value.kind === 'instance' ? value.of : undefined;
    const set = called && called.module !== module ? setWithin(called, key, module) : undefined;
    if (set) return set;
  }
  return undefined;
}

/** Functions of other cells, or of files that aren't libraries, have names here. */
export function mayCallOthers({ store }: Evaluator, module: PyModule): boolean {
  if (module.cell) return true;
  const known = imported(module);
  known.isOfFiles ??= known.all.some(({ level, path }) => !store.isLibrary(level, path.split('.', 1)[0]!));
  return known.isOfFiles;
}

/** What a module imports, and whether some of it is of files that aren't libraries. */
const imported = remembered(({ scopes, stars }: PyModule) => {
  const all: Pick<StarImport, 'level' | 'path'>[] = [...stars];
  for (const { bindings } of scopes)
    for (const [first] of bindings.values()) if (first?.kind === 'import') all.push(first);
  return { all, isOfFiles: undefined as boolean | undefined };
});

/** The calls that are handed what goes by a name, each name looked for once. */
function callsHanded(name: string, module: PyModule): readonly Pick<CallSite, 'node' | 'scope'>[] {
  const known = handed(module);
  let calls = known.get(name);
  if (!calls) {
    const places = (placesIn(module).get(lastWord(name)) ?? []).slice(0, MOST_PLACES);
    calls = places.flatMap((at) => {
      const node = callGiven(name, at, module);
      return node ? [{ node, scope: scopeAt(module, at) }] : [];
    });
    known.set(name, calls);
  }
  return calls;
}

const handed = remembered((_: PyModule) => new Map<string, readonly Pick<CallSite, 'node' | 'scope'>[]>());

/** The call that has a name at a place as an argument. */
function callGiven(name: string, at: number, { top, text }: PyModule): SyntaxNode | undefined {
  let node: SyntaxNode = top.resolveInner(at, 1);
  for (let level = 0; node.parent && node.parent.name !== 'ArgList' && level < MOST_LEVELS; level++)
    node = node.parent;
  const call = node.parent?.name === 'ArgList' ? node.parent.parent : null;
  const isIt = call?.name === 'CallExpression' && objectsMeant(node, text).some((each) => each.name === name);
  return isIt ? call : undefined;
}

function setWithin(called: Scope, key: string, { scope: user }: PyModule): SetPlace | undefined {
  const known = found(called);
  if (!known.has(key)) known.set(key, setIn(called, key, user));
  return known.get(key);
}

/** Of a function or class: by what is asked about. */
const found = remembered((_: Scope) => new Map<string, SetPlace | undefined>());

/** Where a function, or one that it calls in its file, sets it of something that it doesn't own. */
function setIn(called: Scope, key: string, user: Scope): SetPlace | undefined {
  const { module } = called;
  const functions = reachedBy(called);
  const isReached = (scope: Scope) => functions === null || functions.some((each) => isWithin(scope, each));
  const set = setsOfAttributes(module)
    .get(key)
    ?.find((each) => each.scope.kind === 'function' && isReached(each.scope) && !isOfOwn(each, user));
  if (set) return { span: statementAt(module, set.at), scope: set.scope };
  for (const [object, sets] of allHiddenSets(module)) {
    const hidden = sets.find(
      ({ scope, sets: names }) =>
        scope.parameters.some((each) => each.name === object) && names(key) && isReached(scope),
    );
    if (hidden) return hidden;
  }
  for (const scope of functions ?? [])
    for (const { name } of scope.parameters) {
      const own = keysSetBy({ name, scope }).get(key);
      if (own) return own;
    }
  return undefined;
}

/** Of what the function has made itself: `report = {}`, and `report["eps"] = crit.eps`. What is in it may be what it's handed. */
function isOfOwn({ object, isOfElement = false, scope, at }: AttributeSet, user: Scope): boolean {
  return !isOfElement && /^\w+$/.test(object) && isOfFresh(object, { scope, at }, user);
}

/** A function or class and those that it names as it calls them, and so on; null if they are too many. */
const reachedBy = remembered((called: Scope): readonly Scope[] | null => {
  const { module } = called;
  const all = new Set([called]);
  for (const scope of all) {
    if (all.size > MOST_FUNCTIONS) return null;
    for (const { name } of callsIn(module, scope.span))
      for (const each of definedAs(module).get(name) ?? []) all.add(each);
  }
  return [...all];
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
