import type { SyntaxNode } from '@lezer/common';
import type { Scope } from '../syntax/pythonScopes.ts';
import { childrenOf, elementsOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';

/** Which one of how many things that are given at once. */
export interface OneOf {
  readonly index: number;
  readonly count: number;
}

/** One of the things that a call gives at once. */
export interface UnpackedFrom extends OneOf {
  readonly call: Expression;
}

/** `logits, state = net(x, state)`: the call, and which of its results a name is. `at`: where the name is bound. */
export function unpackedFrom(at: number, scope: Scope): UnpackedFrom | undefined {
  let node = scope.module.top.resolve(at, 1);
  while (node.parent && node.name !== 'AssignStatement') {
    if (/^(?:Script|Body)$/.test(node.name)) return undefined;
    node = node.parent;
  }
  const children = childrenOf(node);
  const sign = children.findIndex(({ name }) => name === 'AssignOp');
  const values = children.slice(sign + 1).filter(({ name }) => name !== 'Comment');
  const [call, ...others] = values;
  if (sign === -1 || call?.name !== 'CallExpression' || others.length > 0) return undefined;
  const written = children.slice(0, sign).filter(({ name }) => name !== ',' && name !== 'Comment');
  const [only, ...more] = written;
  const names = only && more.length === 0 ? elementsIn(only) : written;
  if (!names || names.some(({ name }) => name === '*')) return undefined;
  const index = names.findIndex(({ from }) => from === at);
  return index === -1 ? undefined : { call: { node: call, scope }, index, count: names.length };
}

/** One of the things that a `return` gives: `return logits, state`. */
export function returnedElement(returned: Expression, { index, count }: OneOf): Expression | undefined {
  const { node, scope } = returned;
  const elements = elementsGiven(node);
  const element = elements?.length === count ? elements[index] : undefined;
  return element && element.name !== '*' ? { node: element, scope } : undefined;
}

/** The things that a `return` gives at once: `logits` and `state` of `return logits, state`; null if it gives one. */
export function elementsGiven(returned: SyntaxNode): readonly SyntaxNode[] | null {
  const statement = returned.parent;
  const siblings = statement?.name === 'ReturnStatement' ? childrenOf(statement).slice(1) : [];
  const written = siblings.filter(({ name }) => name !== ',' && name !== 'Comment');
  return written.length > 1 ? written : elementsIn(returned);
}

/** The elements of a tuple or a list. */
export function elementsIn(written: SyntaxNode): readonly SyntaxNode[] | null {
  const node = unwrapped(written);
  return /^(?:Tuple|Array)Expression$/.test(node.name) ? elementsOf(node) : null;
}
