import type { SyntaxNode } from '@lezer/common';
import { type CallSite, type PyModule, type Scope, scopeAt, statementAt } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import { functionsIn } from '../moduleIndex.ts';
import type { HiddenSet } from './hiddenSet.ts';
import { executedIn, namesIn, setByMethod } from './hiddenSetCalls.ts';

/** A name for the dict of what an object has, or a module: `names` of `names = globals()`, or of `fill(vars(args))` with `def fill(names)`. */
interface Namespace {
  readonly name: string;
  readonly scope: Scope;
  /** Null: names of the module. */
  readonly object: string | null;
}

/** A module that has more of them isn't written by people. */
const MOST = 32;

/** What is set by such names: `names["eps"] = 0.3`, `names[key] = value`, `names.update(…)`, `exec(code, names)`. */
export function setInNamespaces(module: PyModule, entries: readonly HiddenSet[]): readonly HiddenSet[] {
  const namespaces = namespacesIn(module);
  if (namespaces.length === 0) return [];
  const calls = module.calls.filter(({ name }) => CHANGES.has(name));
  return namespaces.flatMap((each) => setIn(each, module, entries, calls));
}

const CHANGES = new Set(['update', '__setitem__', 'exec', 'execfile']);

function setIn(
  { name, scope, object }: Namespace,
  module: PyModule,
  entries: readonly HiddenSet[],
  calls: readonly CallSite[],
) {
  const isHere = (other: Scope) => ownerOf(name, other) === scope;
  const set: HiddenSet[] = [];
  for (const { isEntry: _, ...each } of entries)
    if (each.object === name && isHere(each.scope)) set.push({ ...each, object });
  for (const within of module.scopes) {
    if (!isHere(within)) continue;
    for (const [dotted, bindings] of within.bindings) {
      const key = dotted.startsWith(`${name}.`) ? dotted.slice(name.length + 1) : '';
      if (key === '' || key.includes('.')) continue;
      const sets = (other: string) => other === key;
      for (const { at } of bindings)
        set.push({
          object,
          sets,
          keys: [key],
          isOfAny: false,
          span: statementAt(module, at),
          scope: within,
        });
    }
  }
  for (const call of calls) {
    if (!isHere(call.scope)) continue;
    const own = calleeOf(call.node)?.firstChild;
    const method = own && textOf(own, module.text) === name ? setByMethod(call, object) : [];
    set.push(...[method, object === null ? executedIn(call, name) : []].flat());
  }
  return set;
}

/** The scope whose name it is. */
function ownerOf(name: string, from: Scope): Scope | undefined {
  for (let scope: Scope | null = from; scope; scope = scope.parent)
    if (scope.bindings.has(name)) return scope;
  return undefined;
}

/** Characters of arguments that are looked through. */
const LONGEST = 1000;

const MEMBERS = /\.__dict__\b|\bsys\.modules\[__name__\]/g;

function namespacesIn(module: PyModule): readonly Namespace[] {
  const found = new Map<string, Namespace>();
  const add = (node: SyntaxNode, scope: Scope, object: string | null) => {
    const named = namedBy(node, scope);
    if (named && found.size < MOST) found.set(`${named.name} ${named.scope.span.from}`, { ...named, object });
  };
  for (const { node, name, scope } of module.calls) {
    if (name !== 'globals' && name !== 'vars' && name !== 'locals') continue;
    const object = namesIn(node, name, scope);
    if (object !== undefined) add(node, scope, object);
  }
  for (const { index, 0: written } of module.text.matchAll(MEMBERS)) {
    const isModule = written.startsWith('sys');
    const node = memberEnding(module, index + written.length);
    const object = isModule ? null : dottedOf(node?.firstChild ?? null, module.text);
    if (node && object !== undefined) add(node, scopeAt(module, index), object);
  }
  // What one function is given, it may hand on.
  const functions = functionsIn(module);
  const calls = module.calls.filter(({ name }) => functions.has(name));
  for (const each of found.values())
    for (const { node, scope } of calls) {
      const list = scope === each.scope ? argListOf(node) : null;
      if (!list || !textOf(list, module.text).slice(0, LONGEST).includes(each.name)) continue;
      for (const { value } of argumentsOf(list, module.text))
        if (textOf(value, module.text) === each.name) add(value, scope, each.object);
    }
  return [...found.values()];
}

function memberEnding({ top }: PyModule, end: number): SyntaxNode | undefined {
  let node: SyntaxNode | null = top.resolveInner(end, -1);
  while (node && node.name !== 'MemberExpression') node = node.parent;
  return node?.to === end ? node : undefined;
}

/** The name that an expression is given, by an assignment or as an argument. */
function namedBy(node: SyntaxNode, scope: Scope): Pick<Namespace, 'name' | 'scope'> | undefined {
  const { module } = scope;
  const { parent } = node;
  if (parent?.name === 'AssignStatement' && parent.lastChild?.from === node.from) {
    const name = dottedOf(parent.firstChild, module.text);
    return name === undefined ? undefined : { name, scope: ownerOf(name, scope) ?? scope };
  }
  const call = parent?.name === 'ArgList' ? parent.parent : null;
  const callee = call && calleeOf(call);
  const called =
    callee?.name === 'VariableName' ? functionsIn(module).get(textOf(callee, module.text)) : undefined;
  if (!called || !parent) return undefined;
  const given = argumentsOf(parent, module.text);
  const at = given.findIndex(({ value }) => value.from === node.from);
  const keyword = given[at]?.name;
  const parameter =
    keyword == null ? called.parameters[at] : called.parameters.find(({ name }) => name === keyword);
  return parameter && { name: parameter.name, scope: called };
}
