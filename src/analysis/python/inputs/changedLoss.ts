import { SET } from '../names/changedObjects.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import { type CallSite, lineOf } from '../syntax/pythonScopes.ts';
import { dottedOf } from '../syntax/syntaxNodes.ts';

/** Where a loss gets another α, or weights, once it's made: `criterion.label_smoothing = 0`. */
export interface LaterChange {
  readonly name: string;
  readonly at: number;
  readonly line: number;
}

/** The first place where an attribute of what a call makes is set. */
export function changedLater({ node, scope }: CallSite, attribute: string): LaterChange | undefined {
  const { module } = scope;
  const assigned = node.parent?.name === 'AssignStatement' ? node.parent.firstChild : null;
  const name = dottedOf(assigned, module.text);
  if (name === undefined) return undefined;
  const own = name.startsWith('self.') ? classOf(scope) : null;
  const key = `${name.slice('self.'.length)}.${attribute}`;
  const inOwn = own?.attributes.get(key)?.[0]?.at;
  const at = inOwn ?? firstIn(module, `${name}.${attribute}`);
  return at === undefined ? undefined : { name: `${name}.${attribute}`, at, line: lineOf(module, at) };
}

const attributes = new WeakMap<PyModule, ReadonlyMap<string, number>>();

/** Where `object.attribute` is set first, in any scope, by a statement or by `setattr`. */
function firstIn(module: PyModule, key: string): number | undefined {
  let known = attributes.get(module);
  if (!known) {
    const first = new Map<string, number>();
    for (const { bindings } of module.scopes)
      for (const [name, [binding]] of bindings)
        if (binding && name.includes('.') && !first.has(name)) first.set(name, binding.at);
    for (const { index, 1: name, 2: key } of module.text.matchAll(SET))
      if (!first.has(`${name}.${key}`)) first.set(`${name}.${key}`, index);
    known = first;
    attributes.set(module, known);
  }
  return known.get(key);
}

/** The class a scope is in. */
export function classOf(scope: Scope): Scope | null {
  for (let each: Scope | null = scope; each; each = each.parent) if (each.kind === 'class') return each;
  return null;
}
