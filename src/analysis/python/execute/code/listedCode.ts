import type { SyntaxNode } from '@lezer/common';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode } from './code.ts';
import { type ExpressionOf, spanOf } from './codeParts.ts';

/** Expressions, some with a star in front. */
export function listed(
  nodes: readonly SyntaxNode[],
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ExpressionCode[] {
  const items: ExpressionCode[] = [];
  let star: SyntaxNode | null = null;
  for (const node of nodes) {
    if (node.name === '*') {
      star = node;
      continue;
    }
    const of = expressionOf(node, text, depth + 1);
    items.push(star ? { at: { from: star.from, to: node.to }, is: 'star', of } : of);
    star = null;
  }
  return items;
}

/** What is assigned to: one target, or several as a tuple. */
export function targetOf(
  nodes: readonly SyntaxNode[],
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ExpressionCode {
  const items = listed(nodes, text, depth, expressionOf);
  const [first] = items;
  if (!first) throw new StopError(nodes[0] ? spanOf(nodes[0]) : { from: 0, to: 0 }, 'syntax');
  if (items.length === 1 && nodes[0]!.name !== '*' && nodes[0]!.nextSibling?.name !== ',') return first;
  return { at: { from: first.at.from, to: items.at(-1)!.at.to }, is: 'tuple', items };
}
