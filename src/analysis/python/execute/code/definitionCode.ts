import type { SyntaxNode } from '@lezer/common';
import { StopError } from '../run/endings.ts';
import type { Block } from './blockCode.ts';
import type { ExpressionCode, FunctionCode, StatementCode } from './code.ts';
import { codeParts, spanOf } from './codeParts.ts';
import { expressionOf, givenOf } from './expressions.ts';
import { namesAssignedBy } from './locals.ts';
import { parameterCodes } from './parameterList.ts';

export function functionOf(node: SyntaxNode, text: string, block: Block): FunctionCode {
  const at = spanOf(node);
  const name = node.getChild('VariableName');
  const body = node.getChild('Body');
  if (!name || !body || node.getChild('async')) throw new StopError(at, name ? 'unsupported' : 'syntax');
  const parameters = parameterCodes(node.getChild('ParamList'), text, 0, expressionOf);
  const statements = block(body);
  const { assigned, outer } = namesAssignedBy(statements);
  const locals = new Set([...parameters.map((parameter) => parameter.name), ...assigned]);
  for (const each of outer) locals.delete(each);
  return { name: text.slice(name.from, name.to), at, parameters, body: statements, locals, outer };
}

export function classOf(node: SyntaxNode, text: string, block: Block): StatementCode {
  const at = spanOf(node);
  const name = node.getChild('VariableName');
  const body = node.getChild('Body');
  if (!name || !body) throw new StopError(at, 'syntax');
  return {
    at,
    is: 'class',
    name: text.slice(name.from, name.to),
    bases: givenOf(node.getChild('ArgList'), text, 0),
    body: block(body),
    decorators: [],
  };
}

/** `inside` makes the statement that has the decorators. */
export function decorated(
  node: SyntaxNode,
  text: string,
  inside: (statement: SyntaxNode) => readonly StatementCode[],
): StatementCode {
  const decorators: ExpressionCode[] = [];
  for (const part of codeParts(node)) {
    if (part.name === 'Decorator') decorators.push(decoratorOf(part, text));
    else {
      const [statement] = inside(part);
      if (statement?.is === 'function' || statement?.is === 'class') return { ...statement, decorators };
    }
  }
  throw new StopError(spanOf(node), 'syntax');
}

/** The parser has `@a.b(c)` as a row of names, and then arguments. */
function decoratorOf(node: SyntaxNode, text: string): ExpressionCode {
  const at = spanOf(node);
  let made: ExpressionCode | undefined;
  for (const part of codeParts(node)) {
    if (part.name === 'VariableName' || part.name === 'PropertyName') {
      const name = text.slice(part.from, part.to);
      made = made ? { at, is: 'attribute', of: made, name } : { at, is: 'name', name };
    } else if (part.name === 'ArgList' && made) {
      made = { at, is: 'call', callee: made, given: givenOf(part, text, 0) };
    } else if (part.name !== 'At' && part.name !== '.') made = expressionOf(part, text);
  }
  if (!made) throw new StopError(at, 'syntax');
  return made;
}
