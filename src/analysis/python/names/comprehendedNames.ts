import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { Expression } from '../values/expression.ts';
import { UNKNOWN_VALUE, type Value } from '../values/pythonValues.ts';
import { elementValue } from './nameValues.ts';

/** Expressions in expressions that are looked at. */
const MOST_LEVELS = 16;

/** The value of a name of a comprehension around its use: `eps` in `[loss(eps) for eps in (0.0, 0.1)]`. */
export function comprehendedValue(
  evaluator: Evaluator,
  name: string,
  { node, scope }: Expression,
): Value | undefined {
  let inner = node;
  for (let [outer, level] = [node.parent, 0]; outer && level < MOST_LEVELS; level++) {
    if (/^(?:Body|Script)$|Statement$/.test(outer.name)) return undefined;
    if (isOfLambda(name, outer, inner, scope.module.text)) return undefined;
    const list = isComprehension(outer) ? listOf(name, outer, inner, scope.module.text) : undefined;
    if (list !== undefined) return list ? elementValue(evaluator, { node: list, scope }) : UNKNOWN_VALUE;
    [inner, outer] = [outer, outer.parent];
  }
  return undefined;
}

/** `lambda eps=0.5: loss(eps)` has its own; but what its parameters are by default is told around it. */
function isOfLambda(name: string, outer: SyntaxNode, inner: SyntaxNode, code: string): boolean {
  if (outer.name !== 'LambdaExpression' || inner.name === 'ParamList') return false;
  const parameters = outer.getChild('ParamList')?.getChildren('VariableName') ?? [];
  return parameters.some((each) => each.prevSibling?.name !== 'AssignOp' && textOf(each, code) === name);
}

function isComprehension({ name }: SyntaxNode): boolean {
  return /Comprehension/.test(name) || name === 'ArgList';
}

/** What it's an element of, null for a part of one; undefined if the comprehension doesn't bind it there. */
function listOf(
  name: string,
  { firstChild }: SyntaxNode,
  use: SyntaxNode,
  code: string,
): SyntaxNode | null | undefined {
  let found: SyntaxNode | null | undefined;
  for (let each = firstChild; each; each = each.nextSibling) {
    if (each.name !== 'for') continue;
    const names: SyntaxNode[] = [];
    let sign = each.nextSibling;
    for (; sign && sign.name !== 'in'; sign = sign.nextSibling) names.push(sign);
    const list = sign?.nextSibling ?? null;
    // What it's made of doesn't have it yet.
    if (list && use.from <= list.to && use.from >= list.from) return found;
    const isAlone = names.length === 1 && names[0]!.name === 'VariableName';
    if (names.some((target) => isBound(name, target, code))) found = isAlone ? list : null;
  }
  return found;
}

function isBound(name: string, target: SyntaxNode, code: string): boolean {
  if (target.name === 'VariableName') return textOf(target, code) === name;
  return (
    /^(?:Tuple|Array|Parenthesized)Expression$/.test(target.name) &&
    childrenOf(target).some((each) => isBound(name, each, code))
  );
}
