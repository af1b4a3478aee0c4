import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../common/remembered.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
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
  const known = unpackings(scope.module);
  let unpacking = known.get(node.from);
  if (unpacking === undefined) {
    unpacking = unpackingOf(node);
    known.set(node.from, unpacking);
  }
  const index = unpacking?.indices.get(at);
  if (!unpacking || index === undefined) return undefined;
  return { call: { node: unpacking.call, scope }, index, count: unpacking.indices.size };
}

/** An assignment of what a call gives to several names. */
interface Unpacking {
  readonly call: SyntaxNode;
  /** By where they're written. */
  readonly indices: ReadonlyMap<number, number>;
}

/** The assignments of a module that were looked at, by where they begin: each has many names, and each name is asked about. */
const unpackings = remembered((_: PyModule) => new Map<number, Unpacking | null>());

function unpackingOf(statement: SyntaxNode): Unpacking | null {
  const children = childrenOf(statement);
  const sign = children.findIndex(({ name }) => name === 'AssignOp');
  const values = children.slice(sign + 1).filter(({ name }) => name !== 'Comment');
  const [call, ...others] = values;
  if (sign === -1 || call?.name !== 'CallExpression' || others.length > 0) return null;
  const written = children.slice(0, sign).filter(({ name }) => name !== ',' && name !== 'Comment');
  const [only, ...more] = written;
  const names = only && more.length === 0 ? elementsIn(only) : written;
  if (!names || names.some(({ name }) => name === '*')) return null;
  return { call, indices: new Map(names.map(({ from }, i) => [from, i])) };
}

/** One of the things that a `return` gives: `return logits, state`. */
export function returnedElement(returned: Expression, { index, count }: OneOf): Expression | undefined {
  const { node, scope } = returned;
  const elements = elementsGiven(node);
  const element = elements?.length === count ? elements[index] : undefined;
  return element && element.name !== '*' ? { node: element, scope } : undefined;
}

/** The things that a `return` gives at once: `logits` and `state` of `return logits, state`; null if it gives one. */
export const elementsGiven = remembered((returned: SyntaxNode): readonly SyntaxNode[] | null => {
  const statement = returned.parent;
  const siblings = statement?.name === 'ReturnStatement' ? childrenOf(statement).slice(1) : [];
  const written = siblings.filter(({ name }) => name !== ',' && name !== 'Comment');
  return written.length > 1 ? written : elementsIn(returned);
});

/** The elements of a tuple or a list. */
export function elementsIn(written: SyntaxNode): readonly SyntaxNode[] | null {
  const node = unwrapped(written);
  return /^(?:Tuple|Array)Expression$/.test(node.name) ? elementsOf(node) : null;
}
