import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import { type PyModule, type Scope, scopeAt, statementAt } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf } from '../../syntax/syntaxNodes.ts';
import type { Alias, SetPlace } from './alias.ts';
import { isOfFresh } from './freshObjects.ts';

type Sets = ReadonlyMap<string, SetPlace>;

const NONE: Sets = new Map();

/** What is set by a name in its scope, and where: `c["ls"] = 0`, `c.update(ls=0)`. */
export function keysSetBy({ name, scope, sets }: Pick<Alias, 'name' | 'scope' | 'sets'>): Sets {
  if (sets) return sets;
  const set = setIn(scope).get(name) ?? NONE;
  const updates =
    updatesIn(scope.module)
      .get(name)
      ?.filter((each) => each.scope === scope && !isOfFresh(name, { scope, at: each.span.from - 1 }, null)) ??
    [];
  if (updates.length === 0) return set;
  const updated = updates.flatMap(({ keys, ...place }) => keys.map((key) => [key, place] as const));
  return new Map([...set, ...updated]);
}

/** By object: the entries and attributes that a scope sets. What a class keeps has "self." in front. */
const setIn = remembered((scope: Scope): ReadonlyMap<string, Sets> => {
  const byObject = new Map<string, Map<string, SetPlace>>();
  const add = (dotted: string, at: number) => {
    const dot = dotted.lastIndexOf('.');
    const keys = byObject.get(dotted.slice(0, dot)) ?? new Map<string, SetPlace>();
    byObject.set(dotted.slice(0, dot), keys);
    keys.set(dotted.slice(dot + 1), placeAt(scope, at));
  };
  for (const [dotted, bindings] of scope.bindings) {
    const dot = dotted.lastIndexOf('.');
    const object = dotted.slice(0, dot);
    const set = dot === -1 ? undefined : bindings.find(({ at }) => !isOfFresh(object, { scope, at }, null));
    if (set) add(dotted, set.at);
  }
  for (const [dotted, [first]] of scope.attributes)
    if (first && dotted.includes('.')) add(`self.${dotted}`, first.at);
  return byObject;
});

/** The names of objects of which a scope sets something of a member: `c` of `c["loss"]["eps"] = 0.4`. */
export function rootsSetIn(scope: Scope): ReadonlySet<string> {
  const objects = [...setIn(scope).keys()].filter((each) => each.includes('.'));
  return new Set(objects.map((each) => each.split('.', 1)[0]!));
}

/** The statement is looked up once somebody wants to see it. */
function placeAt(scope: Scope, at: number): SetPlace {
  return {
    scope,
    get span() {
      return statementAt(scope.module, at);
    },
  };
}

interface Update extends SetPlace {
  readonly keys: readonly string[];
}

/** Calls for one object that are looked at. */
const MOST = 64;

/** `c.update(ls=0)`, `c.pop("ls")`, by object. */
const updatesIn = remembered((module: PyModule): ReadonlyMap<string, readonly Update[]> => {
  const { calls, text } = module;
  const all = calls.flatMap(({ node, name, scope }) => {
    if (name !== 'update' && name !== 'pop' && name !== '__setitem__') return [];
    const callee = calleeOf(node);
    const object = callee?.name === 'MemberExpression' ? dottedOf(callee.firstChild, text) : undefined;
    if (object === undefined) return [];
    const span = { from: node.from, to: node.to };
    return [{ object, keys: keysIn(span, text), span, scope }];
  });
  const groups = groupedBy([...all, ...mergedIn(module)], ({ object }) => object);
  return new Map([...groups].map(([object, updates]) => [object, updates.slice(0, MOST)]));
});

const MERGED = /^[ \t]*([\w.]{1,80})[ \t]?\|=/gm;

/** `c |= {"ls": 0}` */
function mergedIn(module: PyModule): readonly (Update & { readonly object: string })[] {
  if (!module.text.includes('|=')) return [];
  return Array.from(module.text.matchAll(MERGED), ({ 0: written, 1: object = '', index }) => {
    const at = index + written.length - written.trimStart().length;
    const span = statementAt(module, at);
    return { object, keys: keysIn(span, module.text), span, scope: scopeAt(module, at) };
  });
}

function keysIn({ from, to }: SourceSpan, code: string): readonly string[] {
  const written = code.slice(from, Math.min(to, from + LONGEST));
  return Array.from(written.matchAll(KEY), ([, a, b]) => (a ?? b)!);
}

/** Characters of a call that are looked through. */
const LONGEST = 2000;
/** `ls=`, `"ls"` */
const KEY = /\b([A-Za-z_]\w{0,80})=(?!=)|["']([A-Za-z_]\w{0,80})["']/g;
