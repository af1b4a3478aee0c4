import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode, FunctionCode, ParameterCode } from './code.ts';
import { codeParts, type ExpressionOf, spanOf } from './codeParts.ts';

export function lambdaOf(
  node: SyntaxNode,
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ExpressionCode {
  const parts = codeParts(node).filter(({ name }) => name !== 'lambda' && name !== ':');
  const body = parts.at(-1);
  if (!body) throw new StopError(spanOf(node), 'syntax');
  const value = expressionOf(body, text, depth + 1);
  const parameters = parameterCodes(node.getChild('ParamList'), text, depth + 1, expressionOf);
  const made: FunctionCode = {
    name: '<lambda>',
    at: spanOf(node),
    parameters,
    body: [{ at: value.at, is: 'return', value }],
    locals: new Set(parameters.map(({ name }) => name)),
    outer: new Set(),
  };
  return { at: spanOf(node), is: 'lambda', made };
}

/** The parameters of a function, with their defaults. */
export function parameterCodes(
  list: SyntaxNode | null,
  text: string,
  depth: number,
  expressionOf: ExpressionOf,
): ParameterCode[] {
  const all: ParameterCode[] = [];
  let star: ParameterCode['star'] = '';
  let keywordOnly = false;
  for (const child of list ? childrenOf(list) : []) {
    if (child.type.isError) throw new StopError(spanOf(child), 'syntax');
    if (child.name === '*' || child.name === '**') star = child.name;
    else if (child.name === ',') {
      // A star by itself: what follows is given by name only.
      keywordOnly ||= star === '*';
      star = '';
    } else if (child.name === 'VariableName' && child.prevSibling?.name !== 'AssignOp') {
      const rest = child.nextSibling?.name === 'TypeDef' ? child.nextSibling.nextSibling : child.nextSibling;
      const given = rest?.name === 'AssignOp' ? rest.nextSibling : null;
      const fallback = given && expressionOf(given, text, depth + 1);
      all.push({
        name: text.slice(child.from, child.to),
        star,
        keywordOnly: keywordOnly && star === '',
        fallback,
      });
      keywordOnly ||= star === '*';
      star = '';
    }
  }
  return all;
}
