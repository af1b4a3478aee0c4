import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import { placesOfName } from '../../syntax/placesOfName.ts';
import {
  type CallSite,
  type PyModule,
  type Scope,
  type StarImport,
  scopeAt,
} from '../../syntax/pythonScopes.ts';
import { calleeOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { SetPlace } from '../aliases/alias.ts';
import { objectsMeant } from '../aliases/objectsMeant.ts';
import { setWithin } from './setWithin.ts';

/** Places of one name and expressions around it that are looked at. */
const [MOST_PLACES, MOST_LEVELS] = [64, 4];

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
    if (!counts({ node, scope })) continue;
    const set = changedByCallee(evaluator, { node, scope }, key, module);
    if (set) return set;
  }
  return undefined;
}

/** The functions and classes of other files or cells that are handed what goes by a name. */
export function functionsHanded(evaluator: Evaluator, name: string, module: PyModule): readonly Scope[] {
  if (!mayCallOthers(evaluator, module)) return [];
  return callsHanded(name, module).flatMap((call) => {
    const called = calledBy(evaluator, call);
    return called && called.module !== module ? [called] : [];
  });
}

/** Where what a call is of sets it, if that is of another file or cell. `isOwn`: also if it's of this one. */
export function changedByCallee(
  evaluator: Evaluator,
  { node, scope }: Pick<CallSite, 'node' | 'scope'>,
  key: string,
  module: PyModule,
  isOwn: (called: Scope) => boolean = () => false,
): SetPlace | undefined {
  const called = calledBy(evaluator, { node, scope });
  return called && (called.module !== module || isOwn(called))
    ? setWithin(called, key, module.scope)
    : undefined;
}

/** What a call is of, or is an object of, if that is of the sources. */
export function calledBy(
  evaluator: Evaluator,
  { node, scope }: Pick<CallSite, 'node' | 'scope'>,
): Scope | undefined {
  const callee = calleeOf(node);
  const value = callee ? evaluator.resolve({ node: callee, scope }) : undefined;
  return value?.kind === 'definition' ? value.scope : value?.kind === 'instance' ? value.of : undefined;
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
    const places = placesOfName(module, lastWord(name)).slice(0, MOST_PLACES);
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
