import type { SyntaxNode } from '@lezer/common';
import type { ExpressionCode } from './code.ts';
import { expressionOf } from './expressions.ts';
import { targetOf } from './listedCode.ts';

/** One expression, or several with commas: a tuple. */
export function expressionsOf(nodes: readonly SyntaxNode[], text: string): ExpressionCode | undefined {
  return nodes.length === 0 ? undefined : targetOf(nodes, text, 0, expressionOf);
}
