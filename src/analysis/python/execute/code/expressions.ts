import type { SyntaxNode } from '@lezer/common';
import { argListOf, argumentsOf, numberOf, stringOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import { chainOf } from './booleanChain.ts';
import type { ExpressionCode, GivenArgument } from './code.ts';
import { codeParts, DEEPEST_EXPRESSION, spanOf } from './codeParts.ts';
import { comprehensionOf } from './comprehensions.ts';
import { listed } from './listedCode.ts';
import { memberCode } from './members.ts';
import { lambdaOf } from './parameterList.ts';

/** The expression a node is. `text` is the source as it was written. Throws a StopError for what isn't Python, or too deep. */
export function expressionOf(node: SyntaxNode, text: string, depth = 0): ExpressionCode {
  const at = spanOf(node);
  if (depth > DEEPEST_EXPRESSION) throw new StopError(at, 'deep');
  const inner = (child: SyntaxNode) => expressionOf(child, text, depth + 1);
  switch (node.name) {
    case 'VariableName':
      return { at, is: 'name', name: text.slice(node.from, node.to) };
    case 'Number':
      return { at, is: 'constant', value: numeralOf(text.slice(node.from, node.to), at) };
    case 'Boolean':
      return { at, is: 'constant', value: text.slice(node.from, node.to) === 'True' };
    case 'None':
      return { at, is: 'constant', value: null };
    case 'Ellipsis':
      return { at, is: 'ellipsis' };
    case 'String':
    case 'ContinuedString': {
      const value = stringOf(node, text);
      return value === undefined ? { at, is: 'format', parts: [] } : { at, is: 'constant', value };
    }
    case 'FormatString':
      return { at, is: 'format', parts: [] };
    case 'ParenthesizedExpression': {
      const [child] = codeParts(node);
      if (!child) throw new StopError(at, 'syntax');
      return child.name === 'NamedExpression' ? assigning(child, text, depth) : inner(child);
    }
    case 'NamedExpression':
      return assigning(node, text, depth);
    case 'MemberExpression':
      return memberCode(node, text, depth, expressionOf);
    case 'CallExpression': {
      const callee = node.firstChild;
      if (!callee) throw new StopError(at, 'syntax');
      return { at, is: 'call', callee: inner(callee), given: givenOf(argListOf(node), text, depth + 1) };
    }
    case 'UnaryExpression':
    case 'BinaryExpression':
      return operationOf(node, text, depth);
    case 'ConditionalExpression': {
      const [chosen, test, otherwise] = codeParts(node).filter(
        ({ name }) => name !== 'if' && name !== 'else',
      );
      if (!chosen || !test || !otherwise) throw new StopError(at, 'syntax');
      return { at, is: 'choice', chosen: inner(chosen), test: inner(test), otherwise: inner(otherwise) };
    }
    case 'TupleExpression':
      return { at, is: 'tuple', items: listed(codeParts(node), text, depth, expressionOf) };
    case 'ArrayExpression':
      return { at, is: 'list', items: listed(codeParts(node), text, depth, expressionOf) };
    case 'SetExpression':
      return { at, is: 'set', items: listed(codeParts(node), text, depth, expressionOf) };
    case 'DictionaryExpression':
      return { at, is: 'dict', entries: entriesOf(node, text, depth) };
    case 'LambdaExpression':
      return lambdaOf(node, text, depth, expressionOf);
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
      return comprehensionOf(node, codeParts(node), 'list', text, depth, expressionOf);
    case 'SetComprehensionExpression':
      return comprehensionOf(node, codeParts(node), 'set', text, depth, expressionOf);
    case 'DictionaryComprehensionExpression':
      return comprehensionOf(node, codeParts(node), 'dict', text, depth, expressionOf);
    case '⚠':
      throw new StopError(at, 'syntax');
    default:
      return { at, is: 'other', what: node.name };
  }
}

function numeralOf(written: string, at: { from: number; to: number }): number | { readonly int: number } {
  const value = numberOf(written);
  if (Number.isNaN(value)) throw new StopError(at, 'syntax');
  return /^0[xXoObB]/.test(written) || /^[\d_]+$/.test(written) ? { int: value } : value;
}

function assigning(node: SyntaxNode, text: string, depth: number): ExpressionCode {
  const [name, , value] = codeParts(node);
  if (!name || !value) throw new StopError(spanOf(node), 'syntax');
  return {
    at: spanOf(node),
    is: 'assigning',
    name: text.slice(name.from, name.to),
    value: expressionOf(value, text, depth + 1),
  };
}

export function givenOf(list: SyntaxNode | null, text: string, depth: number): GivenArgument[] {
  if (!list) return [];
  const parts = codeParts(list);
  if (parts.some(({ name }) => name === 'for')) {
    const value = comprehensionOf(list, parts, 'list', text, depth, expressionOf);
    return [{ name: null, star: '', value }];
  }
  return argumentsOf(list, text).map(({ name, star, value }) => ({
    name,
    star,
    value: expressionOf(value, text, depth + 1),
  }));
}

function operationOf(node: SyntaxNode, text: string, depth: number): ExpressionCode {
  const at = spanOf(node);
  const [first, second, ...rest] = codeParts(node);
  if (!first || !second) throw new StopError(at, 'syntax');
  const inner = (child: SyntaxNode) => expressionOf(child, text, depth + 1);
  if (first.name === 'not' || second.name === 'and' || second.name === 'or') {
    return chainOf(node, depth, inner);
  }
  if (node.name === 'UnaryExpression') {
    return { at, is: 'unary', operator: text.slice(first.from, first.to), operand: inner(second) };
  }
  const right = rest.at(-1);
  if (!right) throw new StopError(at, 'syntax');
  const operator = text.slice(second.from, rest.length > 1 ? rest[0]!.to : second.to).replace(/\s+/g, ' ');
  if (!isComparison(second)) return { at, is: 'binary', operator, left: inner(first), right: inner(right) };
  const left = inner(first);
  const next = [operator, inner(right)] as const;
  // `a < b < c`; in parentheses it would be a comparison of its own.
  return left.is === 'compare' && first.name === 'BinaryExpression'
    ? { at, is: 'compare', first: left.first, rest: [...left.rest, next] }
    : { at, is: 'compare', first: left, rest: [next] };
}

function isComparison({ name }: SyntaxNode): boolean {
  return name === 'CompareOp' || name === 'in' || name === 'is' || name === 'not';
}

function entriesOf(
  node: SyntaxNode,
  text: string,
  depth: number,
): readonly (readonly [ExpressionCode | null, ExpressionCode])[] {
  const entries: [ExpressionCode | null, ExpressionCode][] = [];
  let key: ExpressionCode | null = null;
  for (const part of codeParts(node)) {
    if (part.name === ':' || part.name === '**') continue;
    const value = expressionOf(part, text, depth + 1);
    if (part.nextSibling?.name === ':') key = value;
    else {
      entries.push([part.prevSibling?.name === '**' ? null : key, value]);
      key = null;
    }
  }
  return entries;
}
