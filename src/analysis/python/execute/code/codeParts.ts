import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode } from './code.ts';

/** Deeper expressions aren't executed. */
export const DEEPEST_EXPRESSION = 100;

/** Makes the expression of a node: the parts of one are expressions themselves. */
export type ExpressionOf = (node: SyntaxNode, text: string, depth: number) => ExpressionCode;

/** What is between the parts of an expression, and says nothing by itself. */
const MARKS = new Set(['(', ')', '[', ']', '{', '}', ',', 'Comment']);

export function spanOf({ from, to }: { readonly from: number; readonly to: number }) {
  return { from, to };
}

/** Without brackets, commas and comments. Throws where the parser found an error. */
export function codeParts(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter((child) => {
    if (child.type.isError) throw new StopError(spanOf(child), 'syntax');
    return !MARKS.has(child.name);
  });
}
