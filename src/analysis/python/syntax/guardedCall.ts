import type { SyntaxNode } from '@lezer/common';
import { textOf } from './syntaxNodes.ts';

/** Nodes around a call that are looked at, and beside each of them. */
const MOST_STEPS = 100;
/** Of a condition; more than this isn't read. */
const LONGEST = 400;

/** `except TypeError`, `except (ValueError, TypeError) as error`, `except Exception`, `except` */
const CATCHES = /^except\b[^:]*\b(?:TypeError|Exception|BaseException)\b|^except\s*:/;
/** `hasattr(…)`, `inspect.signature(…)`, `version.parse(…)`, `supports_smoothing` */
const ASKS = /hasattr|signature|version|support/i;

/** The code is ready for releases that don't have an argument: it catches the error, or asks first. */
export function isGuarded(call: SyntaxNode, code: string): boolean {
  let inner: SyntaxNode = call;
  for (let i = 0, node = call.parent; node && i < MOST_STEPS; i++, node = node.parent) {
    if (node.name === 'FunctionDefinition' || node.name === 'ClassDefinition') return false;
    if (node.name === 'TryStatement' && catches(node, inner, code)) return true;
    if ((node.name === 'IfStatement' || node.name === 'ConditionalExpression') && asks(inner, code))
      return true;
    inner = node;
  }
  return false;
}

/** What is written in its `try` part is caught. */
function catches(statement: SyntaxNode, inner: SyntaxNode, code: string): boolean {
  const body = statement.getChild('Body');
  if (!body || inner.from !== body.from) return false;
  return someOf(body, 'nextSibling', ({ name, from }) => {
    return name === 'except' && CATCHES.test(code.slice(from, from + LONGEST));
  });
}

/** The condition of its branch, or one of those before. */
function asks(inner: SyntaxNode, code: string): boolean {
  const isAsked = (node: SyntaxNode) =>
    node.name !== 'Body' && ASKS.test(textOf(node, code).slice(0, LONGEST));
  const isAfter = inner.parent?.name === 'ConditionalExpression' && someOf(inner, 'nextSibling', isAsked);
  return isAfter || someOf(inner, 'prevSibling', isAsked);
}

/** Whether one of the next nodes beside it is so. Of a long chain of branches only the nearest are looked at. */
function someOf(
  node: SyntaxNode,
  step: 'nextSibling' | 'prevSibling',
  isSo: (node: SyntaxNode) => boolean,
): boolean {
  let beside = node[step];
  for (let i = 0; beside && i < MOST_STEPS; i++, beside = beside[step]) if (isSo(beside)) return true;
  return false;
}
