import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import { branchesOf, loopOf, type ReadBlock, tryOf, whileOf, withOf } from './blockCode.ts';
import type { StatementCode } from './code.ts';
import { codeParts, spanOf } from './codeParts.ts';
import { classCode, decorated, functionCode } from './definitionCode.ts';
import { expressionOf } from './expressions.ts';
import { listed, targetOf } from './listedCode.ts';
import { expressionsOf } from './listedExpressions.ts';
import { importedBy } from './names/importedNames.ts';

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
  const block: ReadBlock = (body) => statementsOf(body, text, depth + 1);
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
      return [{ at, is: 'if', branches: branchesOf(node, text, block) }];
    case 'ForStatement':
      return [loopOf(node, text, block)];
    case 'WhileStatement':
      return [whileOf(node, text, block)];
    case 'TryStatement':
      return [tryOf(node, text, block)];
    case 'WithStatement':
      return [withOf(node, text, block)];
    case 'FunctionDefinition':
      return [{ at, is: 'function', made: functionCode(node, text, block), decorators: [] }];
    case 'ClassDefinition':
      return [classCode(node, text, block)];
    case 'DecoratedStatement':
      return [decorated(node, text, (inner) => statementOf(inner, text, depth))];
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

function assignment(node: SyntaxNode, text: string): StatementCode[] {
  const at = spanOf(node);
  const groups: SyntaxNode[][] = [[]];
  for (const part of codeParts(node)) {
    if (part.name === 'TypeDef') continue;
    if (part.name === 'AssignOp') groups.push([]);
    else groups.at(-1)!.push(part);
  }
  const value = groups.length > 1 ? expressionsOf(groups.pop()!, text) : undefined;
  const targets = groups.map((group) => targetOf(group, text, 0, expressionOf));
  const [declared] = targets;
  const isDeclared = node.getChild('TypeDef') !== null && declared?.is === 'name';
  const declares = isDeclared ? [{ at, is: 'declare', name: declared.name } as const] : [];
  // `x: float` by itself.
  return value ? [...declares, { at, is: 'assign', targets, value }] : declares;
}
