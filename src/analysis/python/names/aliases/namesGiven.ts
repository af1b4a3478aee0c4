import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { Binding, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, elementsOf, memberOf } from '../../syntax/syntaxNodes.ts';
import type { Alias } from './alias.ts';
import { elementsNamed, goneThrough, LISTED, namesMeant, oneOf } from './oneOfSeveral.ts';

/** Bindings of one name, and elements of one list, that are looked at. */
const MOST = 64;

/** The names that a scope gives to what has a name: `c = cfg`, `self.cfg = cfg`, `a = b = Config()`, `for c in (a, b)`. */
export const namesGiven = remembered((scope: Scope): readonly Alias[] => {
  const aliases: Alias[] = [];
  const both = (of: string, name: string, from: Scope) => {
    if (of === name) return;
    aliases.push({ of, name, from, scope }, { of: name, name: of, from: scope, scope: from });
  };
  const first = new Map<number, string>();
  const set = rootsOf(scope);
  const add = (name: string, bindings: readonly Binding[]) => {
    for (const binding of bindings.length > MOST ? bindings.slice(0, MOST) : bindings) {
      // Most are none of these: parameters, functions, imports.
      if (binding.kind !== 'value' && binding.kind !== 'element' && binding.kind !== 'unknown') continue;
      const of = set.has(name) ? dictOf(binding, scope) : undefined;
      if (of !== undefined) aliases.push({ of: `${of}.*`, name, from: binding.scope, scope });
      for (const object of objectsOf(binding)) both(object, name, binding.scope);
      if (set.has(name))
        for (const object of oneOf(binding)) aliases.push({ of: object, name, from: binding.scope, scope });
      if (binding.kind !== 'value') continue;
      if (LISTED.test(binding.value.name)) {
        const elements = elementsNamed(name, binding);
        for (const object of elements.of)
          aliases.push({ of: object, name: elements.name, from: binding.scope, scope });
      }
      if (!MADE.test(binding.value.name)) continue;
      const before = first.get(binding.value.from);
      if (before !== undefined) both(before, name, scope);
      first.set(binding.value.from, name);
    }
  };
  for (const [name, bindings] of scope.bindings) add(name, bindings);
  for (const [name, bindings] of scope.attributes) add(`self.${name}`, bindings);
  return aliases;
});

/** Names of which a scope sets something. */
function rootsOf({ bindings, module }: Scope): ReadonlySet<string> {
  const roots = new Set<string>();
  for (const dotted of bindings.keys()) if (dotted.includes('.')) roots.add(dotted.split('.', 1)[0]!);
  for (const { object } of entrySetsBy(module).get(bindings) ?? []) roots.add(object);
  return roots;
}

const entrySetsBy = remembered(({ entrySets }: PyModule) =>
  groupedBy(entrySets, ({ scope }) => scope.bindings),
);

/** The dict of which it's a value in each round: `for each in cfg.values()`, `for key, each in cfg.items()`. */
function dictOf(binding: Binding, { module: { text } }: Scope): string | undefined {
  const of = goneThrough(binding);
  const callee = of?.name === 'CallExpression' ? calleeOf(of) : null;
  const method = callee?.name === 'MemberExpression' ? memberOf(callee, text) : undefined;
  return method === 'values' || method === 'items' ? dottedOf(callee!.firstChild, text) : undefined;
}

const MADE = /^(?:Call|Dictionary|Array)Expression$/;

/** `a if fast else b`, `given or a` */
const CHOICE = /^(?:Conditional|Binary|Parenthesized|Named)Expression$/;

/** What a name is bound to, if that is another one, or a member of something; of a loop each of its elements. */
function objectsOf(binding: Binding): readonly string[] {
  const { text } = binding.scope.module;
  const named = (node: SyntaxNode) =>
    /^(?:Variable|Member)/.test(node.name) ? (dottedOf(node, text) ?? []) : [];
  if (binding.kind === 'value')
    return CHOICE.test(binding.value.name) ? namesMeant(binding.value, text) : [named(binding.value)].flat();
  if (binding.kind !== 'element' || !/^(?:Array|Tuple)/.test(binding.of.name)) return [];
  return (elementsOf(binding.of) ?? []).slice(0, MOST).flatMap(named);
}
