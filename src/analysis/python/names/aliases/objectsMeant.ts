import type { SyntaxNode } from '@lezer/common';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  dottedOf,
  memberOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import { indexedBy } from '../hidden/hiddenSetCalls.ts';

/** The name of an object, or of what has it. */
export interface ObjectName {
  readonly name: string;
  /** One of several that go by the name. */
  readonly isElement: boolean;
}

/** Expressions in expressions, and arguments of a call, that are looked at. */
const [MOST_LEVELS, MOST_ARGUMENTS] = [4, 8];
/** Methods that give one of several things. */
const GIVES_ONE = /^(?:get|pop|popitem|setdefault|values|items|__getitem__)$/;

/** The objects that an expression may be: `a` and `b` of `a if fast else b`, `a` of `a.cuda()`, one of `losses` of `losses[0]`. */
export function objectsMeant(written: SyntaxNode, code: string, level = 0): readonly ObjectName[] {
  if (level === MOST_LEVELS) return [];
  const node = unwrapped(written);
  const of = (each: SyntaxNode | null | undefined) => (each ? objectsMeant(each, code, level + 1) : []);
  switch (node.name) {
    case 'ConditionalExpression': {
      const [then, , , , otherwise] = childrenOf(node);
      return [...of(then), ...of(otherwise)];
    }
    case 'BinaryExpression':
      return /^(?:or|and)$/.test(node.firstChild?.nextSibling?.name ?? '')
        ? [...of(node.firstChild), ...of(node.lastChild)]
        : [];
    case 'NamedExpression':
    case 'AwaitExpression':
      return of(node.lastChild);
    case 'CallExpression': {
      const callee = calleeOf(node);
      const object = callee?.name === 'MemberExpression' ? of(callee.firstChild) : [];
      const isOne = callee !== null && GIVES_ONE.test(memberOf(callee, code) ?? '');
      const given = argumentsOf(argListOf(node), code).slice(0, MOST_ARGUMENTS);
      return [
        ...(isOne ? object.map((each) => ({ ...each, isElement: true })) : object),
        ...given.flatMap(({ value }) => of(value)),
      ];
    }
    default: {
      // `losses["a"]` is a name, and one of several.
      const [name, list] = [dottedOf(node, code), indexedBy(node, code)];
      return [
        ...(name === undefined ? [] : [{ name, isElement: false }]),
        ...(list === undefined ? [] : [{ name: list, isElement: true }]),
      ];
    }
  }
}
