import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import { type PyModule, type Scope, scopeAt } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  entriesOf,
  sizeOfDict,
  stringOf,
  textOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import type { SetPlace } from '../aliases/alias.ts';
import { changedByAlias, hasChangedAlias, otherNamesOf } from '../aliases/aliases.ts';
import { isOfFresh } from '../aliases/freshObjects.ts';
import type { HiddenSet } from '../hidden/hiddenSet.ts';
import { hiddenSetsOn } from '../hidden/hiddenSets.ts';

/** Entries of a dict, or attributes of an object, are set somewhere in its scope besides: `options["label_smoothing"] = 0.2`, `options.update(…)`. */
export function isChanged({ node, scope }: Expression): boolean {
  const inner = unwrapped(node);
  if (inner.name !== 'VariableName') return false;
  const name = textOf(inner, scope.module.text);
  for (let each: Scope | null = scope; each; each = each.parent) if (changedIn(each).has(name)) return true;
  const { module } = scope;
  return changesIn(module).has(name) || hasChangedAlias(name, module) || entriesSet(name, scope).length > 0;
}

/** Where entries are set that no name shows, by it or another name of it: `options[key] = value`. */
function entriesSet(name: string, user: Scope): readonly HiddenSet[] {
  const { module } = user;
  const others = otherNamesOf(name, module).flatMap((other) =>
    hiddenSetsOn(other.name, module).filter((each) => each.scope === other.scope),
  );
  return [...hiddenSetsOn(name, module), ...others].filter(
    ({ object, span, scope }) =>
      !isOfFresh(object ?? '', { scope, at: span.from }, object === name ? user : null),
  );
}

/** A dict's entry of this name may be another one than it was made with, or gone. */
export function isEntryChanged({ node, scope }: Expression, key: string): boolean {
  const { module } = scope;
  const name = textOf(unwrapped(node), module.text);
  for (let each: Scope | null = scope; each; each = each.parent)
    if (each.bindings.has(`${name}.${key}`)) return true;
  if (changedByAlias(name, key, module) !== undefined) return true;
  if (entriesSet(name, scope).some((each) => each.sets(key))) return true;
  return (changesIn(module).get(name) ?? []).some(({ keys }) => keys === null || keys.includes(key));
}

/** A call that changes a dict: which of its entries; null any. */
interface Change extends SetPlace {
  readonly name: string;
  readonly keys: readonly string[] | null;
}

/** By the names of what is changed. */
const changesIn = remembered((module: PyModule): ReadonlyMap<string, readonly Change[]> => {
  // `setdefault` leaves what is there as it is.
  const called = module.calls.flatMap(({ name, node, scope }): Change[] => {
    const object = CHANGES.has(name) && name !== 'setdefault' ? calleeOf(node)?.firstChild : null;
    if (!object) return [];
    const of = dottedOf(object, module.text) ?? textOf(object, module.text);
    const span = { from: node.from, to: node.to };
    return [{ name: of, keys: keysChanged(name, node, module.text), span, scope }];
  });
  // What is taken out by a statement, or set by its name.
  const others = [...module.text.matchAll(DELETED), ...module.text.matchAll(SET)].map(
    ({ 0: { length }, 1: name = '', 2: key = '', index }): Change => {
      const span = { from: index, to: index + length };
      return { name, keys: [key], span, scope: scopeAt(module, index) };
    },
  );
  return groupedBy([...called, ...others], ({ name }) => name);
});

const DELETED = /^[ \t]*del[ \t]+([\w.]{1,80})\[ ?['"](\w{1,80})['"] ?\]/gm;
/** `setattr(criterion, "label_smoothing", …)` */
export const SET = /\bsetattr\( ?([\w.]{1,80}), ?['"](\w{1,80})['"]/g;

/** A method, a `del` or a `setattr` changes just this entry or attribute. */
export function isKeyChanged(object: string, key: string, module: PyModule): boolean {
  return (changesIn(module).get(object) ?? []).some(({ keys }) => keys?.includes(key));
}

/** What a module changes by such calls: by the names of the objects. */
export function objectsChangedIn(module: PyModule): ReadonlyMap<string, readonly Change[]> {
  return changesIn(module);
}

/** `options.pop("a")`, `options.update(a=1, b=2)`, `options.update({"a": 1})` */
function keysChanged(method: string, call: SyntaxNode, code: string): readonly string[] | null {
  const keys: string[] = [];
  for (const [i, { name, star, value }] of argumentsOf(argListOf(call), code).entries()) {
    if (name !== null) keys.push(name);
    else if (star !== '') return null;
    else if (method === 'update') {
      const entries = entriesOf(value, code);
      if (value.name !== 'DictionaryExpression' || sizeOfDict(value, code) !== entries.length) return null;
      keys.push(...entries.map(({ key }) => key));
    } else if (i === 0) {
      const key = stringOf(value, code);
      if (key === undefined) return null;
      keys.push(key);
    }
  }
  return method === 'clear' ? null : keys;
}

const changedIn = remembered((scope: Scope): ReadonlySet<string> => {
  const { text } = scope.module;
  const set = [...scope.bindings.keys()].flatMap((dotted) => {
    const dot = dotted.indexOf('.');
    return dot === -1 ? [] : dotted.slice(0, dot);
  });
  const called = (callsThatChange(scope.module).get(scope) ?? []).flatMap(({ node }) => {
    const object = calleeOf(node)?.firstChild;
    return object ? textOf(object, text) : [];
  });
  return new Set([...set, ...called]);
});

/** Calls of methods that change an object, by the scopes they're in. */
const callsThatChange = remembered(({ calls }: PyModule) =>
  groupedBy(
    calls.filter(({ name }) => CHANGES.has(name)),
    ({ scope }) => scope,
  ),
);

const CHANGES = new Set(['update', 'setdefault', 'pop', 'clear', '__setitem__']);
