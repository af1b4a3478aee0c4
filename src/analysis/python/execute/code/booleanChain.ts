import type { SyntaxNode } from '@lezer/common';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode } from './code.ts';
import { codeParts, DEEPEST_EXPRESSION, spanOf } from './codeParts.ts';

/** A part of a chain of `and`, `or` and `not`, in the order it's written. */
type Link = 'and' | 'or' | 'not' | SyntaxNode;

/** The expression of a chain, in the order of the language. */
export function chainOf(
  node: SyntaxNode,
  depth: number,
  operandOf: (node: SyntaxNode) => ExpressionCode,
): ExpressionCode {
  const links: Link[] = [];
  link(node, links, depth);
  return eitherOf(links, operandOf);
}

/** The parser takes `not a or b` for `not (a or b)`: what is written is put together again in the order of the language. */
function link(node: SyntaxNode, links: Link[], depth: number): void {
  if (depth > DEEPEST_EXPRESSION) throw new StopError(spanOf(node), 'deep');
  if (node.name === 'UnaryExpression' || node.name === 'BinaryExpression') {
    const [first, second, third] = codeParts(node);
    if (first?.name === 'not' && second) {
      links.push('not');
      link(second, links, depth + 1);
      return;
    }
    if (first && third && (second?.name === 'and' || second?.name === 'or')) {
      link(first, links, depth + 1);
      links.push(second.name);
      link(third, links, depth + 1);
      return;
    }
  }
  links.push(node);
}

function eitherOf(links: readonly Link[], operandOf: (node: SyntaxNode) => ExpressionCode): ExpressionCode {
  return folded(split(links, 'or'), 'either', (part) =>
    folded(split(part, 'and'), 'both', (operand) => negated(operand, operandOf)),
  );
}

function negated(
  [first, ...rest]: readonly Link[],
  operandOf: (node: SyntaxNode) => ExpressionCode,
): ExpressionCode {
  if (typeof first === 'object') return operandOf(first);
  const operand = negated(rest, operandOf);
  return { at: operand.at, is: 'unary', operator: 'not', operand };
}

function split(links: readonly Link[], at: Link): Link[][] {
  const parts: Link[][] = [[]];
  for (const each of links) {
    if (each === at) parts.push([]);
    else parts.at(-1)!.push(each);
  }
  return parts;
}

function folded<T>(
  parts: readonly T[],
  is: 'both' | 'either',
  make: (part: T) => ExpressionCode,
): ExpressionCode {
  return parts
    .map(make)
    .reduce((left, right) => ({ at: { from: left.at.from, to: right.at.to }, is, left, right }));
}
