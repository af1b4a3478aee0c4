import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode } from './code.ts';
import { type ExpressionOf, spanOf } from './codeParts.ts';
import { listed } from './listedCode.ts';

/** `a.b`, `a[b]`, `a[b, c:d]` */
export function memberCode(
  node: SyntaxNode,
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ExpressionCode {
  const at = spanOf(node);
  const children = childrenOf(node);
  const [object] = children;
  if (!object || children.some(({ type }) => type.isError)) throw new StopError(at, 'syntax');
  const of = expressionOf(object, text, depth + 1);
  const last = children.at(-1)!;
  if (last.name === 'PropertyName') return { at, is: 'attribute', of, name: text.slice(last.from, last.to) };
  // Between the brackets: parts with commas between them, each of them an expression or a slice.
  const keys: ExpressionCode[] = [];
  let part: SyntaxNode[] = [];
  let commas = 0;
  for (const child of children.slice(2)) {
    if (child.name === 'Comment') continue;
    if (child.name !== ',' && child.name !== ']') {
      part.push(child);
      continue;
    }
    if (part.length > 0) keys.push(keyOf(part, text, depth, expressionOf));
    part = [];
    if (child.name === ',') commas++;
  }
  const [only] = keys;
  if (!only) throw new StopError(at, 'syntax');
  const key: ExpressionCode = commas === 0 ? only : { at, is: 'tuple', items: keys };
  return { at, is: 'subscript', of, key };
}

function keyOf(
  part: readonly SyntaxNode[],
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ExpressionCode {
  const at = { from: part[0]!.from, to: part.at(-1)!.to };
  if (!part.some(({ name }) => name === ':')) return listed(part, text, depth, expressionOf)[0]!;
  const parts: (ExpressionCode | null)[] = [null];
  for (const node of part) {
    if (node.name === ':') parts.push(null);
    else parts[parts.length - 1] = expressionOf(node, text, depth + 1);
  }
  return { at, is: 'slice', parts };
}
