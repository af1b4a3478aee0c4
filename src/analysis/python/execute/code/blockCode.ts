import type { SyntaxNode } from '@lezer/common';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode, StatementCode } from './code.ts';
import { codeParts, spanOf } from './codeParts.ts';
import { expressionOf } from './expressions.ts';
import { targetOf } from './listedCode.ts';
import { expressionsOf } from './listedExpressions.ts';

/** Makes the statements of a block inside. */
export type ReadBlock = (body: SyntaxNode) => StatementCode[];

export function branchesOf(
  node: SyntaxNode,
  text: string,
  block: ReadBlock,
): [ExpressionCode | null, StatementCode[]][] {
  const branches: [ExpressionCode | null, StatementCode[]][] = [];
  let test: ExpressionCode | null = null;
  for (const part of codeParts(node)) {
    if (part.name === 'if' || part.name === 'elif' || part.name === 'else') test = null;
    else if (part.name === 'Body') branches.push([test, block(part)]);
    else test = expressionOf(part, text);
  }
  return branches;
}

export function loopOf(node: SyntaxNode, text: string, block: ReadBlock): StatementCode {
  const at = spanOf(node);
  const parts = codeParts(node);
  const middle = parts.findIndex(({ name }) => name === 'in');
  const [body, otherwise] = parts.filter(({ name }) => name === 'Body');
  const first = parts.findIndex(({ name }) => name === 'Body');
  const of = expressionsOf(parts.slice(middle + 1, first), text);
  if (parts[0]?.name !== 'for' || middle === -1 || !body || !of) throw new StopError(at, 'syntax');
  return {
    at,
    is: 'for',
    target: targetOf(parts.slice(1, middle), text, 0, expressionOf),
    of,
    body: block(body),
    otherwise: otherwise ? block(otherwise) : [],
  };
}

export function whileOf(node: SyntaxNode, text: string, block: ReadBlock): StatementCode {
  const at = spanOf(node);
  const [, test, body, ...more] = codeParts(node);
  if (!test || body?.name !== 'Body' || more.length > 0) return { at, is: 'other', what: 'while' };
  return { at, is: 'while', test: expressionOf(test, text), body: block(body) };
}

export function tryOf(node: SyntaxNode, text: string, block: ReadBlock): StatementCode {
  const at = spanOf(node);
  const [body, otherwise, last]: StatementCode[][] = [[], [], []];
  const handlers: { types: ExpressionCode | null; name: string | null; body: StatementCode[] }[] = [];
  let word = '';
  let [types, name]: [ExpressionCode | null, string | null] = [null, null];
  for (const part of codeParts(node)) {
    if (['try', 'except', 'else', 'finally'].includes(part.name)) {
      [word, types, name] = [part.name, null, null];
    } else if (part.name === 'Body') {
      const statements = block(part);
      if (word === 'except') handlers.push({ types, name, body: statements });
      else (word === 'try' ? body! : word === 'else' ? otherwise! : last!).push(...statements);
    } else if (part.prevSibling?.name === 'as') name = text.slice(part.from, part.to);
    else if (part.name !== 'as' && part.name !== '*') types = expressionOf(part, text);
  }
  return { at, is: 'try', body: body!, handlers, otherwise: otherwise!, last: last! };
}

export function withOf(node: SyntaxNode, text: string, block: ReadBlock): StatementCode {
  const items: [ExpressionCode, ExpressionCode | null][] = [];
  let body: StatementCode[] = [];
  for (const part of codeParts(node)) {
    if (part.name === 'with' || part.name === 'as' || part.name === 'async') continue;
    if (part.name === 'Body') body = block(part);
    else if (part.prevSibling?.name === 'as') items.at(-1)![1] = expressionOf(part, text);
    else items.push([expressionOf(part, text), null]);
  }
  return { at: spanOf(node), is: 'with', items, body };
}

/** It computes nothing: it raises, warns or prints. */
export function isIdle(body: readonly StatementCode[]): boolean {
  return body.every(
    ({ is }, i) =>
      is === 'pass' || is === 'raise' || is === 'assert' || (is === 'expression' && isCall(body[i]!)),
  );
}

/** Calls that nothing is made of, but for those that change what they're called on. */
function isCall(statement: StatementCode): boolean {
  if (statement.is !== 'expression') return false;
  const { value } = statement;
  if (value.is === 'constant') return true;
  if (value.is !== 'call') return false;
  const name = value.callee.is === 'attribute' || value.callee.is === 'name' ? value.callee.name : '';
  return !name.endsWith('_') && /print|warn|log|debug|info|error|exit/i.test(name);
}
