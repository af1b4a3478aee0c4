import { finish, type Work } from '../../../loss/work.ts';
import { countBefore } from '../../common/countBefore.ts';
import { groupedBy } from '../../common/groupedBy.ts';
import { remembered } from '../../common/remembered.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import type { CallSite, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { calleeOf, dottedOf } from '../syntax/syntaxNodes.ts';

/** Places between two yields. */
const PLACES = 1 << 14;

/** Where a pattern is found in modules: each is searched once, however often it's asked what is in a part of it. */
export class Positions {
  readonly #pattern: RegExp;
  readonly #known = new WeakMap<PyModule, readonly number[]>();

  /** Global; it never matches nothing. */
  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  /** True if the pattern is found at a place in the span. */
  areIn(module: PyModule, { from, to }: SourceSpan): boolean {
    const known = this.#known.get(module) ?? finish(this.prepare(module));
    return (known[countBefore(known, from, (offset) => offset)] ?? to) < to;
  }

  /** Searches a module that will be asked about, in slices. */
  *prepare(module: PyModule): Work<readonly number[]> {
    const before = this.#known.get(module);
    if (before) return before;
    const { text } = module;
    const places: number[] = [];
    for (let offset = 0; ; ) {
      this.#pattern.lastIndex = offset;
      const match = this.#pattern.exec(text);
      if (!match) break;
      offset = match.index + match[0].length;
      if (places.push(match.index) % PLACES === 0) yield offset / text.length;
    }
    this.#known.set(module, places);
    return places;
  }
}

/** The calls in a part of a module. */
export function* callsIn({ calls }: PyModule, { from, to }: SourceSpan): Generator<CallSite> {
  for (let i = countBefore(calls, from, ({ node }) => node.from); i < calls.length; i++) {
    const call = calls[i]!;
    if (call.node.from >= to) return;
    if (call.node.to <= to) yield call;
  }
}

/** The calls of a module, by the last name of what is called. */
export const callsByName = remembered(({ calls }: PyModule) => groupedBy(calls, ({ name }) => name));

/** The calls of what goes by a name: `self.crit`, `model.add`. */
export function callsOf(module: PyModule, callee: string): readonly CallSite[] {
  const last = lastPart(callee);
  const { byLast, found } = calledBy(module);
  const calls = byLast.get(last);
  if (!calls) return [];
  let byCallee = found.get(last);
  if (!byCallee) {
    byCallee = groupedBy(calls, ({ node }) => dottedOf(calleeOf(node), module.text));
    found.set(last, byCallee);
  }
  return byCallee.get(callee) ?? [];
}

/** By what a name ends in, and those that somebody has asked about by the whole name: few are. */
const calledBy = remembered(({ calls }: PyModule) => ({
  byLast: groupedBy(calls, ({ name }) => lastPart(name)),
  found: new Map<string, ReadonlyMap<string | undefined, readonly CallSite[]>>(),
}));

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The functions of a module that are called by their names alone: the last of each name. */
export const functionsIn = remembered(
  ({ scopes }: PyModule): ReadonlyMap<string, Scope> =>
    new Map(
      scopes.flatMap((scope) => {
        const isOne = scope.kind === 'function' && scope.name !== '' && scope.parent?.kind !== 'class';
        return isOne ? [[scope.name, scope] as const] : [];
      }),
    ),
);

const packagesIn = remembered(({ text }: PyModule): ReadonlySet<string> => {
  const matches = text.matchAll(/^[ \t]*(?:import|from)[ \t]+(\w+)/gm);
  return new Set(Array.from(matches, ([, first = '']) => first));
});

/** True if it has an import of the package, or of a module of it, anywhere. */
export function importsPackage(module: PyModule, name: string): boolean {
  return packagesIn(module).has(name);
}
