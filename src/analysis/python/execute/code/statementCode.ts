import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import type { ExpressionCode, FunctionCode, ImportedName, StatementCode } from './code.ts';
import { codeParts, spanOf } from './codeParts.ts';
import { expressionOf, givenOf } from './expressions.ts';
import { listed, targetOf } from './listedCode.ts';
import { namesAssignedBy } from './locals.ts';
import { parameterCodes } from './parameterList.ts';

/** Blocks in blocks that are executed. */
const DEEPEST = 40;

/** The statements of a block, or of a module. `text` is the source as it was written. */
export function statementsOf(block: SyntaxNode, text: string, depth = 0): StatementCode[] {
  if (depth > DEEPEST) throw new StopError(spanOf(block), 'deep');
  return childrenOf(block).flatMap((child) => statementOf(child, text, depth));
}

/** The statements a node is: several in a line are a group, comments are none. */
export function statementOf(node: SyntaxNode, text: string, depth = 0): StatementCode[] {
  const at = spanOf(node);
  switch (node.name) {
    case ':':
    case ';':
    case 'Comment':
      return [];
    case 'StatementGroup':
      return childrenOf(node).flatMap((child) => statementOf(child, text, depth));
    case 'PassStatement':
      return [{ at, is: 'pass' }];
    case 'BreakStatement':
      return [{ at, is: 'break' }];
    case 'ContinueStatement':
      return [{ at, is: 'continue' }];
    case 'ExpressionStatement': {
      const value = expressionsOf(codeParts(node), text);
      return value ? [{ at, is: 'expression', value }] : [];
    }
    case 'AssignStatement':
      return assignment(node, text);
    case 'UpdateStatement': {
      const parts = codeParts(node);
      const sign = parts.findIndex(({ name }) => name === 'UpdateOp');
      const value = expressionsOf(parts.slice(sign + 1), text);
      if (sign < 1 || !value) throw new StopError(at, 'syntax');
      const operator = text.slice(parts[sign]!.from, parts[sign]!.to - 1);
      return [{ at, is: 'update', target: expressionOf(parts[0]!, text), operator, value }];
    }
    case 'ReturnStatement':
      return [{ at, is: 'return', value: expressionsOf(codeParts(node).slice(1), text) ?? null }];
    case 'IfStatement':
      return [{ at, is: 'if', branches: branchesOf(node, text, depth) }];
    case 'ForStatement':
      return [loopOf(node, text, depth)];
    case 'WhileStatement': {
      const [, test, body, ...more] = codeParts(node);
      if (!test || body?.name !== 'Body' || more.length > 0) return [{ at, is: 'other', what: 'while' }];
      return [{ at, is: 'while', test: expressionOf(test, text), body: statementsOf(body, text, depth + 1) }];
    }
    case 'TryStatement':
      return [tryOf(node, text, depth)];
    case 'WithStatement':
      return [withOf(node, text, depth)];
    case 'FunctionDefinition':
      return [{ at, is: 'function', made: functionOf(node, text, depth), decorators: [] }];
    case 'ClassDefinition':
      return [classOf(node, text, depth)];
    case 'DecoratedStatement':
      return decorated(node, text, depth);
    case 'ImportStatement':
      return [{ at, is: 'import', names: importedBy(node, text) }];
    case 'AssertStatement': {
      const [, test] = codeParts(node);
      if (!test) throw new StopError(at, 'syntax');
      return [{ at, is: 'assert', test: expressionOf(test, text) }];
    }
    case 'RaiseStatement': {
      const [, value] = codeParts(node);
      return [{ at, is: 'raise', value: value ? expressionOf(value, text) : null }];
    }
    case 'DeleteStatement':
      return [{ at, is: 'delete', targets: listed(codeParts(node).slice(1), text, 0, expressionOf) }];
    case 'ScopeStatement': {
      const [, ...names] = codeParts(node);
      return [
        { at, is: 'other', what: `scope ${names.map((name) => text.slice(name.from, name.to)).join(' ')}` },
      ];
    }
    case 'PrintStatement':
      return [{ at, is: 'pass' }];
    default:
      if (node.type.isError) throw new StopError(at, 'syntax');
      return [{ at, is: 'other', what: node.name }];
  }
}

/** One expression, or several with commas: a tuple. */
function expressionsOf(nodes: readonly SyntaxNode[], text: string): ExpressionCode | undefined {
  return nodes.length === 0 ? undefined : targetOf(nodes, text, 0, expressionOf);
}

function assignment(node: SyntaxNode, text: string): StatementCode[] {
  const at = spanOf(node);
  const groups: SyntaxNode[][] = [[]];
  for (const part of codeParts(node)) {
    if (part.name === 'TypeDef') continue;
    if (part.name === 'AssignOp') groups.push([]);
    else groups.at(-1)!.push(part);
  }
  const value = groups.length > 1 ? expressionsOf(groups.pop()!, text) : undefined;
  // `x: float` by itself.
  if (!value) return [];
  return [
    { at, is: 'assign', targets: groups.map((group) => targetOf(group, text, 0, expressionOf)), value },
  ];
}

function branchesOf(
  node: SyntaxNode,
  text: string,
  depth: number,
): [ExpressionCode | null, StatementCode[]][] {
  const branches: [ExpressionCode | null, StatementCode[]][] = [];
  let test: ExpressionCode | null = null;
  for (const part of codeParts(node)) {
    if (part.name === 'if' || part.name === 'elif' || part.name === 'else') test = null;
    else if (part.name === 'Body') branches.push([test, statementsOf(part, text, depth + 1)]);
    else test = expressionOf(part, text);
  }
  return branches;
}

function loopOf(node: SyntaxNode, text: string, depth: number): StatementCode {
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
    body: statementsOf(body, text, depth + 1),
    otherwise: otherwise ? statementsOf(otherwise, text, depth + 1) : [],
  };
}

function tryOf(node: SyntaxNode, text: string, depth: number): StatementCode {
  const at = spanOf(node);
  const [body, otherwise, last]: StatementCode[][] = [[], [], []];
  const handlers: { types: ExpressionCode | null; name: string | null; body: StatementCode[] }[] = [];
  let word = '';
  let [types, name]: [ExpressionCode | null, string | null] = [null, null];
  for (const part of codeParts(node)) {
    if (['try', 'except', 'else', 'finally'].includes(part.name)) {
      [word, types, name] = [part.name, null, null];
    } else if (part.name === 'Body') {
      const statements = statementsOf(part, text, depth + 1);
      if (word === 'except') handlers.push({ types, name, body: statements });
      else (word === 'try' ? body! : word === 'else' ? otherwise! : last!).push(...statements);
    } else if (part.prevSibling?.name === 'as') name = text.slice(part.from, part.to);
    else if (part.name !== 'as' && part.name !== '*') types = expressionOf(part, text);
  }
  return { at, is: 'try', body: body!, handlers, otherwise: otherwise!, last: last! };
}

function withOf(node: SyntaxNode, text: string, depth: number): StatementCode {
  const items: [ExpressionCode, ExpressionCode | null][] = [];
  let body: StatementCode[] = [];
  for (const part of codeParts(node)) {
    if (part.name === 'with' || part.name === 'as' || part.name === 'async') continue;
    if (part.name === 'Body') body = statementsOf(part, text, depth + 1);
    else if (part.prevSibling?.name === 'as') items.at(-1)![1] = expressionOf(part, text);
    else items.push([expressionOf(part, text), null]);
  }
  return { at: spanOf(node), is: 'with', items, body };
}

function functionOf(node: SyntaxNode, text: string, depth = 0): FunctionCode {
  const at = spanOf(node);
  const name = node.getChild('VariableName');
  const block = node.getChild('Body');
  if (!name || !block || node.getChild('async')) throw new StopError(at, name ? 'unsupported' : 'syntax');
  const parameters = parameterCodes(node.getChild('ParamList'), text, 0, expressionOf);
  const body = statementsOf(block, text, depth + 1);
  const { assigned, outer } = namesAssignedBy(body);
  const locals = new Set([...parameters.map((parameter) => parameter.name), ...assigned]);
  for (const each of outer) locals.delete(each);
  return { name: text.slice(name.from, name.to), at, parameters, body, locals, outer };
}

function classOf(node: SyntaxNode, text: string, depth: number): StatementCode {
  const at = spanOf(node);
  const name = node.getChild('VariableName');
  const block = node.getChild('Body');
  if (!name || !block) throw new StopError(at, 'syntax');
  return {
    at,
    is: 'class',
    name: text.slice(name.from, name.to),
    bases: givenOf(node.getChild('ArgList'), text, 0),
    body: statementsOf(block, text, depth + 1),
    decorators: [],
  };
}

function decorated(node: SyntaxNode, text: string, depth: number): StatementCode[] {
  const decorators: ExpressionCode[] = [];
  for (const part of codeParts(node)) {
    if (part.name === 'Decorator') decorators.push(decoratorOf(part, text));
    else {
      const [statement] = statementOf(part, text, depth);
      if (statement?.is === 'function' || statement?.is === 'class') return [{ ...statement, decorators }];
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

/** What an import statement binds; `bound` null for a star. */
export function importedBy(node: SyntaxNode, text: string): ImportedName[] {
  const parts = codeParts(node);
  const word = (part: SyntaxNode | undefined) => (part ? text.slice(part.from, part.to) : '');
  const isFrom = parts[0]?.name === 'from';
  const start = isFrom ? parts.findIndex(({ name }) => name === 'import') : 0;
  const head = isFrom ? parts.slice(1, start) : [];
  const from = head.filter(({ name }) => name === 'VariableName').map(word);
  const first = head.findIndex(({ name }) => name === 'VariableName');
  const dots = (first === -1 ? head : head.slice(0, first)).map(word).join('').length;
  const names: ImportedName[] = [];
  for (let i = start + 1; i < parts.length; ) {
    if (parts[i]!.name === '*') return [{ bound: null, level: dots, path: from, name: null }];
    const path = [word(parts[i])];
    for (i++; parts[i]?.name === '.'; i += 2) path.push(word(parts[i + 1]));
    const alias = parts[i]?.name === 'as' ? word(parts[i + 1]) : null;
    if (alias !== null) i += 2;
    if (isFrom) names.push({ bound: alias ?? path[0]!, level: dots, path: from, name: path[0]! });
    else if (alias !== null) names.push({ bound: alias, level: 0, path, name: null });
    else names.push({ bound: path[0]!, level: 0, path: path.slice(0, 1), name: null });
  }
  return names;
}
