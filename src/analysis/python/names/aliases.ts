import { groupedBy } from '../../common/groupedBy.ts';
import { remembered } from '../../common/remembered.ts';
import type { Binding, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf } from '../syntax/syntaxNodes.ts';
import { allHiddenSets } from './hiddenSets.ts';

/** Another name that an object goes by, in a scope: `c` of `c = CFG`, or of `change(CFG)` with `def change(c)`. */
interface Alias {
  /** What it's a name of, as it's written: `CFG`, `cfg.loss`. */
  readonly of: string;
  readonly name: string;
  readonly scope: Scope;
}

/** Calls of one function, and other names of one object, that are looked at. */
const MOST = 64;

const changes = new WeakMap<PyModule, ReadonlyMap<string, ReadonlySet<string>>>();
const names = new WeakMap<PyModule, ReadonlyMap<string, ReadonlySet<string>>>();

/** An entry or attribute is set by another name of its object, here or in a function that is given it. */
export function isChangedByAlias(object: string, key: string, module: PyModule): boolean {
  return keysChanged(module).get(object)?.has(key) === true;
}

/** Any of them is. */
export function hasChangedAlias(object: string, module: PyModule): boolean {
  return keysChanged(module).has(object);
}

/** Its other names, and where each is one. */
export function otherNamesOf(object: string, module: PyModule): readonly Alias[] {
  return otherNames(module).get(object) ?? [];
}

const otherNames = remembered((module: PyModule) => {
  // A function may be given it many times.
  const distinct = new Map(
    aliasesIn(module).map((each) => [`${each.of} ${each.name} ${each.scope.span.from}`, each]),
  );
  return groupedBy([...distinct.values()], ({ of }) => of);
});

/** Other names of a list. */
export function aliasesOf(object: string, module: PyModule): readonly string[] {
  let known = names.get(module);
  if (!known) {
    known = grouped(aliasesIn(module).map(({ of, name }) => [of, name] as const));
    names.set(module, known);
  }
  return [...(known.get(object) ?? [])];
}

function keysChanged(module: PyModule): ReadonlyMap<string, ReadonlySet<string>> {
  let known = changes.get(module);
  if (!known) {
    known = grouped(
      aliasesIn(module).flatMap((alias) => keysSet(alias).map((key) => [alias.of, key] as const)),
    );
    changes.set(module, known);
  }
  return known;
}

/** What is set by the name in its scope: `c["ls"] = 0`, `c.update(ls=0)`. */
function keysSet({ name, scope }: Alias): readonly string[] {
  const set = [...(setIn(scope).get(name) ?? [])];
  const { module } = scope;
  const updated = (updatesIn(module).get(name) ?? []).filter((each) => each.scope === scope);
  return [...set, ...updated.flatMap(({ keys }) => keys)];
}

const sets = new WeakMap<Scope, ReadonlyMap<string, ReadonlySet<string>>>();

/** By object: the entries and attributes that a scope sets. */
function setIn(scope: Scope): ReadonlyMap<string, ReadonlySet<string>> {
  let known = sets.get(scope);
  if (!known) {
    const dotted = [...scope.bindings.keys(), ...scope.attributes.keys()].filter((each) =>
      each.includes('.'),
    );
    known = grouped(
      dotted.map(
        (each) => [each.slice(0, each.lastIndexOf('.')), each.slice(each.lastIndexOf('.') + 1)] as const,
      ),
    );
    sets.set(scope, known);
  }
  return known;
}

interface Update {
  readonly keys: readonly string[];
  readonly scope: Scope;
}

const updates = new WeakMap<PyModule, ReadonlyMap<string, readonly Update[]>>();

/** `c.update(ls=0)`, `c.pop("ls")`, by object. */
function updatesIn(module: PyModule): ReadonlyMap<string, readonly Update[]> {
  let known = updates.get(module);
  if (!known) {
    const all = new Map<string, Update[]>();
    for (const { node, name, scope } of module.calls) {
      if (name !== 'update' && name !== 'pop' && name !== '__setitem__') continue;
      const callee = calleeOf(node);
      const object =
        callee?.name === 'MemberExpression' ? dottedOf(callee.firstChild, module.text) : undefined;
      if (object === undefined) continue;
      const text = module.text.slice(node.from, Math.min(node.to, node.from + LONGEST));
      const update = { keys: Array.from(text.matchAll(KEY), ([, a, b]) => (a ?? b)!), scope };
      const list = all.get(object) ?? [];
      if (list.length < MOST) list.push(update);
      all.set(object, list);
    }
    known = all;
    updates.set(module, known);
  }
  return known;
}

/** Characters of a call that are looked through. */
const LONGEST = 2000;
/** `ls=`, `"ls"` */
const KEY = /\b([A-Za-z_]\w{0,80})=(?!=)|["']([A-Za-z_]\w{0,80})["']/g;

const aliases = new WeakMap<PyModule, readonly Alias[]>();

function aliasesIn(module: PyModule): readonly Alias[] {
  let known = aliases.get(module);
  if (!known) {
    known = [...module.scopes.flatMap(assigned), ...handed(module)];
    aliases.set(module, known);
  }
  return known;
}

function assigned(scope: Scope): readonly Alias[] {
  const all = [...scope.bindings, ...scope.attributes];
  return all.flatMap(([name, bindings]) =>
    bindings.slice(0, MOST).flatMap((binding) => {
      const of = objectOf(binding, scope);
      return of === undefined || of === name ? [] : [{ of, name, scope }];
    }),
  );
}

/** The name that is bound to another one, or to a member of something. */
function objectOf(binding: Binding, { module }: Scope): string | undefined {
  if (binding.kind !== 'value' || !/^(?:Variable|Member)/.test(binding.value.name)) return undefined;
  return dottedOf(binding.value, module.text);
}

/** Parameters of functions of the module that set something of them, by what the calls hand over. */
function handed(module: PyModule): readonly Alias[] {
  const hidden = groupedBy([...allHiddenSets(module).values()].flat(), ({ scope }) => scope);
  const functions = new Map<string, { readonly scope: Scope; readonly changed: ReadonlySet<number> }>();
  for (const scope of module.scopes) {
    if (scope.kind !== 'function' || scope.name === '' || scope.parent?.kind === 'class') continue;
    const set = new Set(hidden.get(scope)?.map(({ object }) => object));
    const own = scope.parameters.flatMap(({ name }, i) =>
      setIn(scope).has(name) || set.has(name) ? [i] : [],
    );
    if (own.length > 0) functions.set(scope.name, { scope, changed: new Set(own) });
  }
  if (functions.size === 0) return [];
  return module.calls.flatMap(({ node, name }) => {
    const called = functions.get(name);
    if (!called || calleeOf(node)?.name !== 'VariableName') return [];
    return argumentsOf(argListOf(node), module.text)
      .slice(0, MOST)
      .flatMap(({ name: given, star, value }, i) => {
        const at = given === null ? i : called.scope.parameters.findIndex((each) => each.name === given);
        const of = star === '' && called.changed.has(at) ? dottedOf(value, module.text) : undefined;
        return of === undefined ? [] : [{ of, name: called.scope.parameters[at]!.name, scope: called.scope }];
      });
  });
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.add(value);
    else groups.set(key, new Set([value]));
  }
  return groups;
}
