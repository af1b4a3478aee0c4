import type { SyntaxNode } from '@lezer/common';
import type { PyModule } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import { MOST_ORIGINS } from './originLimit.ts';
import {
  asDefault,
  isDefault,
  type NumberValue,
  placeOf,
  UNKNOWN_VALUE,
  type Value,
} from './pythonValues.ts';

/** `-x`, `not x` */
export function negated(node: SyntaxNode, operand: Value, module: PyModule): Value {
  const operator = textOf(node.firstChild ?? node, module.text);
  if (operator === 'not')
    return operand.kind === 'boolean' ? { ...operand, value: !operand.value } : UNKNOWN_VALUE;
  if (operand.kind !== 'number') return UNKNOWN_VALUE;
  if (operator === '+') return operand;
  if (operator !== '-') return UNKNOWN_VALUE;
  const literal = operand.origins.length === 0 && operand.token;
  const token = literal ? { place: placeOf(module, node), complement: false } : null;
  return { ...operand, value: -operand.value, token };
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
  '**': (a, b) => a ** b,
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** A binary operation. `a or b` and `a and b` are values, as in Python. */
export function combined(node: SyntaxNode, left: Value, right: Value, module: PyModule): Value {
  const operator = textOf(node.firstChild?.nextSibling ?? node, module.text).trim();
  if (operator === 'or' || operator === 'and') {
    const truth = truthOf(left);
    if (truth === undefined) return UNKNOWN_VALUE;
    const value = truth === (operator === 'or') ? left : right;
    return isDefault(left) ? asDefault(value) : value;
  }
  if (left.kind !== 'number' || right.kind !== 'number') return UNKNOWN_VALUE;
  const compare = COMPARISONS[operator];
  if (compare) {
    const value: Value = { kind: 'boolean', value: compare(left.value, right.value) };
    return isDefault(left) || isDefault(right) ? asDefault(value) : value;
  }
  const compute = OPERATORS[operator];
  return compute ? computed(node, operator, left, right, compute, module) : UNKNOWN_VALUE;
}

function computed(
  node: SyntaxNode,
  operator: string,
  left: NumberValue,
  right: NumberValue,
  compute: (a: number, b: number) => number,
  module: PyModule,
): Value {
  const value = tidied(compute(left.value, right.value));
  if (!Number.isFinite(value) || left.origins.length + right.origins.length >= MOST_ORIGINS)
    return UNKNOWN_VALUE;
  const origin = {
    kind: 'arithmetic',
    name: textOf(node, module.text),
    place: placeOf(module, node),
  } as const;
  const complement = operator === '-' && left.value === 1 && left.origins.length === 0 && right.token;
  return {
    kind: 'number',
    value,
    integer: left.integer && right.integer && operator !== '/',
    ...((left.isDefault || right.isDefault) && { isDefault: true }),
    origins: [origin, ...left.origins, ...right.origins],
    token: complement ? { ...complement, complement: !complement.complement } : null,
  };
}

/** Decimal fractions as they are meant: 1 − 0.9 is 0.1. */
function tidied(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'boolean':
      return value.value;
    case 'number':
      return value.value !== 0;
    case 'text':
      return value.text !== '';
    case 'sequence':
      return value.elements.length > 0;
    default:
      return undefined;
  }
}
