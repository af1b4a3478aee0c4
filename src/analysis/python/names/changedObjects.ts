import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../common/groupedBy.ts';
import type { CallSite, PyModule, Scope } from '../syntax/pythonScopes.ts';
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
} from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { hasChangedAlias, isChangedByAlias } from './aliases.ts';

const changed = new WeakMap<Scope, ReadonlySet<string>>();

/** Entries of a dict, or attributes of an object, are set somewhere in its scope besides: `options["label_smoothing"] = 0.2`, `options.update(…)`. */
export function isChanged({ node, scope }: Expression): boolean {
  const inner = unwrapped(node);
  if (inner.name !== 'VariableName') return false;
  const name = textOf(inner, scope.module.text);
  for (let each: Scope | null = scope; each; each = each.parent) if (changedIn(each).has(name)) return true;
  return changesIn(scope.module).has(name) || hasChangedAlias(name, scope.module);
}

/** A dict's entry of this name may be another one than it was made with, or gone. */
export function isEntryChanged({ node, scope }: Expression, key: string): boolean {
  const { module } = scope;
  const name = textOf(unwrapped(node), module.text);
  for (let each: Scope | null = scope; each; each = each.parent)
    if (each.bindings.has(`${name}.${key}`)) return true;
  if (isChangedByAlias(name, key, module)) return true;
  return (changesIn(module).get(name) ?? []).some(({ keys }) => keys === null || keys.includes(key));
}

/** A call that changes a dict: which of its entries; null any. */
interface Change {
  readonly name: string;
  readonly keys: readonly string[] | null;
}

const changesOf = new WeakMap<PyModule, ReadonlyMap<string, readonly Change[]>>();

/** By the names of what is changed. */
function changesIn(module: PyModule): ReadonlyMap<string, readonly Change[]> {
  let changes = changesOf.get(module);
  if (!changes) {
    // `setdefault` leaves what is there as it is.
    const called = module.calls.flatMap(({ name, node }): Change[] => {
      const object = CHANGES.has(name) && name !== 'setdefault' ? calleeOf(node)?.firstChild : null;
      return object
        ? [{ name: textOf(object, module.text), keys: keysChanged(name, node, module.text) }]
        : [];
    });
    // What is taken out by a statement, or set by its name.
    const others = [...module.text.matchAll(DELETED), ...module.text.matchAll(SET)].map(
      ([, name = '', key = '']): Change => ({ name, keys: [key] }),
    );
    changes = groupedBy([...called, ...others], ({ name }) => name);
    changesOf.set(module, changes);
  }
  return changes;
}

const DELETED = /^[ \t]*del[ \t]+([\w.]{1,80})\[ ?['"](\w{1,80})['"] ?\]/gm;
/** `setattr(criterion, "label_smoothing", …)` */
export const SET = /\bsetattr\( ?([\w.]{1,80}), ?['"](\w{1,80})['"]/g;

/** A method, a `del` or a `setattr` changes just this entry or attribute. */
export function isKeyChanged(object: string, key: string, module: PyModule): boolean {
  return (changesIn(module).get(object) ?? []).some(({ keys }) => keys?.includes(key));
}

/** Another function than those around a use sets it: when, and if at all, the module doesn't show. */
export function isSetElsewhere(dotted: string, { module, node }: Scope): boolean {
  const root = dotted.slice(0, dotted.indexOf('.'));
  return (setters(module).get(dotted) ?? []).some(
    (scope) => !scope.bindings.has(root) && (node === null || node.from !== scope.node?.from),
  );
}

const settersOf = new WeakMap<PyModule, ReadonlyMap<string, readonly Scope[]>>();
/** Functions that set the same entry and are looked at. */
const MOST_SETTERS = 16;

/** The functions that set entries and attributes of what isn't theirs, by what they set. */
function setters(module: PyModule): ReadonlyMap<string, readonly Scope[]> {
  let known = settersOf.get(module);
  if (!known) {
    const byName = new Map<string, Scope[]>();
    for (const scope of module.scopes) {
      if (scope.kind !== 'function') continue;
      for (const name of scope.bindings.keys()) {
        const list = byName.get(name) ?? [];
        if (name.includes('.') && list.length < MOST_SETTERS) byName.set(name, [...list, scope]);
      }
    }
    known = byName;
    settersOf.set(module, known);
  }
  return known;
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

/** What it's a member of is updated from elsewhere as a whole: `config.update(json.load(file))`. */
export function isUpdated({ node, scope }: Expression): boolean {
  const names = updatedIn(scope.module);
  if (names.size === 0) return false;
  let object = unwrapped(node).firstChild;
  for (let level = 0; object && level < MOST_LEVELS; object = object.firstChild, level++) {
    const name = dottedOf(object, scope.module.text);
    if (name !== undefined && UPDATES.some((method) => names.has(`${name}.${method}`))) return true;
  }
  return false;
}

/** Objects in objects that are looked at. */
const MOST_LEVELS = 8;

const UPDATES = ['update', 'merge_from_file', 'merge_from_list', 'merge', 'merge_with', 'load'];

const updated = new WeakMap<PyModule, ReadonlySet<string>>();

/** Calls of methods that change an object, as they are written: `config.update`. */
function updatedIn(module: PyModule): ReadonlySet<string> {
  let names = updated.get(module);
  if (!names) {
    const all = module.calls.flatMap(({ node, name }) =>
      UPDATES.includes(name) ? (dottedOf(calleeOf(node), module.text) ?? []) : [],
    );
    names = new Set(all);
    updated.set(module, names);
  }
  return names;
}

function changedIn(scope: Scope): ReadonlySet<string> {
  let names = changed.get(scope);
  if (!names) {
    const { text } = scope.module;
    const set = [...scope.bindings.keys()].flatMap((dotted) => {
      const dot = dotted.indexOf('.');
      return dot === -1 ? [] : dotted.slice(0, dot);
    });
    const updated = (callsThatChange(scope.module).get(scope) ?? []).flatMap(({ node }) => {
      const object = calleeOf(node)?.firstChild;
      return object ? textOf(object, text) : [];
    });
    names = new Set([...set, ...updated]);
    changed.set(scope, names);
  }
  return names;
}

const callsOf = new WeakMap<PyModule, ReadonlyMap<Scope, readonly CallSite[]>>();

/** Calls of methods that change an object, by the scopes they're in. */
function callsThatChange(module: PyModule): ReadonlyMap<Scope, readonly CallSite[]> {
  let calls = callsOf.get(module);
  if (!calls) {
    calls = groupedBy(
      module.calls.filter(({ name }) => CHANGES.has(name)),
      ({ scope }) => scope,
    );
    callsOf.set(module, calls);
  }
  return calls;
}

const CHANGES = new Set(['update', 'setdefault', 'pop', 'clear', '__setitem__']);
