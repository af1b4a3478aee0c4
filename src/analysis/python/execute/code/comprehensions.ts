import type { SyntaxNode } from '@lezer/common';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode } from './code.ts';
import { type ExpressionOf, spanOf } from './codeParts.ts';
import { targetOf } from './listedCode.ts';

/** A comprehension, or a generator as the list of all it gives. */
export function comprehensionOf(
  node: SyntaxNode,
  parts: readonly SyntaxNode[],
  makes: 'list' | 'set' | 'dict',
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ExpressionCode {
  const at = spanOf(node);
  const start = parts.findIndex(({ name }) => name === 'for');
  const made = parts.slice(0, start).filter(({ name }) => name !== ':');
  const item = made.at(-1);
  if (start === -1 || !item) throw new StopError(at, 'syntax');
  const loops: { target: ExpressionCode; of: ExpressionCode; conditions: ExpressionCode[] }[] = [];
  for (let i = start; i < parts.length; ) {
    if (parts[i]!.name === 'if') {
      loops.at(-1)?.conditions.push(expressionOf(parts[i + 1]!, text, depth + 1));
      i += 2;
      continue;
    }
    const middle = parts.findIndex(({ name }, j) => j > i && name === 'in');
    const of = parts[middle + 1];
    if (parts[i]!.name !== 'for' || middle === -1 || !of) throw new StopError(at, 'syntax');
    const target = targetOf(parts.slice(i + 1, middle), text, depth, expressionOf);
    loops.push({ target, of: expressionOf(of, text, depth + 1), conditions: [] });
    i = middle + 2;
  }
  const key = makes === 'dict' ? expressionOf(made[0]!, text, depth + 1) : null;
  return { at, is: 'comprehension', makes, key, item: expressionOf(item, text, depth + 1), loops };
}
