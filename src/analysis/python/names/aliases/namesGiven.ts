import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import { dottedOf, elementsOf } from '../../syntax/syntaxNodes.ts';
import type { Alias } from './alias.ts';

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
  const add = (name: string, bindings: readonly Binding[]) => {
    for (const binding of bindings.slice(0, MOST)) {
      for (const of of objectsOf(binding)) both(of, name, binding.scope);
      if (binding.kind !== 'value' || !MADE.test(binding.value.name)) continue;
      const before = first.get(binding.value.from);
      if (before !== undefined) both(before, name, scope);
      first.set(binding.value.from, name);
    }
  };
  for (const [name, bindings] of scope.bindings) add(name, bindings);
  for (const [name, bindings] of scope.attributes) add(`self.${name}`, bindings);
  return aliases;
});

const MADE = /^(?:Call|Dictionary|Array)Expression$/;

/** What a name is bound to, if that is another one, or a member of something; of a loop each of its elements. */
function objectsOf(binding: Binding): readonly string[] {
  const { text } = binding.scope.module;
  const named = (node: SyntaxNode) =>
    /^(?:Variable|Member)/.test(node.name) ? (dottedOf(node, text) ?? []) : [];
  if (binding.kind === 'value') return [named(binding.value)].flat();
  if (binding.kind !== 'element' || !/^(?:Array|Tuple)/.test(binding.of.name)) return [];
  return (elementsOf(binding.of) ?? []).slice(0, MOST).flatMap(named);
}
