import type { SyntaxNode } from '@lezer/common';
import { lastWord } from '../../../sourceTokens.ts';
import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  elementsOf,
  memberOf,
  textOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import { objectsMeant } from './objectsMeant.ts';

/** Expressions in expressions, and elements of one list, that are looked at. */
const [MOST_LEVELS, MOST_ELEMENTS] = [4, 64];
/** What has the elements of what it's given. */
const ARRANGES = /^(?:enumerate|zip|reversed|sorted|list|tuple|set|iter|next|chain|cycle|tqdm|copy)$/;

/** What a loop goes through in which it's bound: `configs` of `for i, each in configs`. */
export function goneThrough(binding: Binding): SyntaxNode | null {
  if (binding.kind === 'element') return binding.of;
  if (binding.kind !== 'unknown') return null;
  const statement = statementOf(binding);
  return statement?.name === 'ForStatement' ? (statement.getChild('in')?.nextSibling ?? null) : null;
}

/** What the elements of a list go by: none of them has a name of its own there. */
function elementsOfName(list: string): string {
  return `${list}[]`;
}

/** What has its elements written down. */
export const LISTED = /^(?:Array|Tuple|Set|Dictionary)Expression$/;

/** The names of what a list or dict that gets a name has: `a` and `b` of `configs = [a, b]`, and what its elements go by. */
export function elementsNamed(
  name: string,
  binding: Binding,
): { readonly of: readonly string[]; readonly name: string } {
  const isList = binding.kind === 'value' && LISTED.test(binding.value.name);
  return { of: isList ? elementNames(binding.value, binding.scope, 0) : [], name: elementsOfName(name) };
}

/** The names of objects that it may be one of: of `a` and `b` in `for i, each in enumerate((a, b))`, `each = configs[0]`. */
export function oneOf(binding: Binding): readonly string[] {
  const { scope } = binding;
  const loop = goneThrough(binding);
  if (loop) return elementNames(loop, scope, 0);
  if (binding.kind === 'value') {
    const isTaken = binding.value.lastChild?.name === ']' || binding.value.name === 'CallExpression';
    return isTaken ? elementNames(binding.value, scope, 0) : [];
  }
  const statement = binding.kind === 'unknown' ? statementOf(binding) : null;
  return statement?.name === 'AssignStatement' ? elementNames(statement.lastChild!, scope, 0) : [];
}

/** The names that an expression may be. */
export function namesMeant(node: SyntaxNode, code: string): readonly string[] {
  return objectsMeant(node, code).flatMap(({ name, isElement }) => (isElement ? [] : name));
}

function elementNames(written: SyntaxNode, scope: Scope, level: number): readonly string[] {
  if (level === MOST_LEVELS) return [];
  const { text } = scope.module;
  const node = unwrapped(written);
  const of = (each: SyntaxNode | null | undefined) => (each ? elementNames(each, scope, level + 1) : []);
  switch (node.name) {
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return (elementsOf(node) ?? [])
        .slice(0, MOST_ELEMENTS)
        .flatMap((each) => (/^(?:Array|Tuple)/.test(each.name) ? of(each) : namesMeant(each, text)));
    case 'DictionaryExpression':
      return childrenOf(node)
        .slice(0, 4 * MOST_ELEMENTS)
        .flatMap((each) => (each.name === ':' && each.nextSibling ? namesMeant(each.nextSibling, text) : []));
    case 'CallExpression': {
      const callee = calleeOf(node);
      const isMethod = callee?.name === 'MemberExpression';
      const name = isMethod ? (memberOf(callee, text) ?? '') : callee ? lastWord(textOf(callee, text)) : '';
      if (isMethod && /^(?:values|items|get|pop)$/.test(name)) return of(callee.firstChild);
      return ARRANGES.test(name) ? argumentsOf(argListOf(node), text).flatMap(({ value }) => of(value)) : [];
    }
    case 'MemberExpression':
      return node.lastChild?.name === ']' ? of(node.firstChild) : [];
    case 'VariableName':
      return [elementsOfName(textOf(node, text))];
    default:
      return [];
  }
}

/** The statement that binds it among others. */
function statementOf({ at, scope: { module } }: Binding): SyntaxNode | null {
  let node: SyntaxNode | null = module.top.resolveInner(at, 1);
  while (node && /^(?:VariableName|(?:Tuple|Array|Parenthesized)Expression)$/.test(node.name))
    node = node.parent;
  return node;
}
