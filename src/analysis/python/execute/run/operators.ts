import { combine, mapped, write } from '../tensors/broadcast.ts';
import { product } from '../tensors/products.ts';
import { type DType, PyTensor, promoted } from '../tensors/tensor.ts';
import { asTensor, describe, isForeign, payForList, payForText, plainNumber, stopBy } from './collections.ts';
import { isTrue } from './comparisons.ts';
import { RaisedError } from './endings.ts';
import type { PythonRun } from './run.ts';
import { Dict, Instance, Int, List, type PyValue, Tuple, Unknown } from './values.ts';

/** As Python has it: the sign of the result is that of the divisor. */
function modulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

const ARITHMETIC: Readonly<Record<string, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '//': (x, y) => Math.floor(x / y),
  '%': modulo,
  '**': (x, y) => x ** y,
  '&': (x, y) => x & y,
  '|': (x, y) => x | y,
  '^': (x, y) => x ^ y,
};

const METHODS: Readonly<Record<string, string>> = {
  '+': '__add__',
  '-': '__sub__',
  '*': '__mul__',
  '/': '__truediv__',
};

/** A binary operator. With `inPlace` a tensor is changed where it is. */
export function operated(
  run: PythonRun,
  operator: string,
  left: PyValue,
  right: PyValue,
  inPlace = false,
): PyValue {
  if (left instanceof Unknown || right instanceof Unknown) {
    const unknown = left instanceof Unknown ? left : (right as Unknown);
    if (inPlace && left instanceof PyTensor && changesInPlace(left)) throw stopBy(run, unknown);
    return unknown;
  }
  if (left instanceof PyTensor || right instanceof PyTensor)
    return ofTensors(run, operator, left, right, inPlace);
  const [x, y] = [plainNumber(left), plainNumber(right)];
  if (x !== undefined && y !== undefined) return ofNumbers(run, operator, left, right, x, y);
  if (operator === '+') {
    if (typeof left === 'string' && typeof right === 'string') {
      if (left.length + right.length > 100_000) throw run.stop('large');
      payForText(run, left, right);
      return left + right;
    }
    for (const kind of [List, Tuple] as const) {
      if (!(left instanceof kind && right instanceof kind)) continue;
      payForList(run, left.items.length + right.items.length);
      return new kind([...left.items, ...right.items]);
    }
  }
  if (operator === '*') {
    if (y !== undefined && isSequence(left)) return repeated(run, left, y);
    if (x !== undefined && isSequence(right)) return repeated(run, right, x);
  }
  // "%d" % x: a text for a message.
  if (operator === '%' && typeof left === 'string') return run.unknown('text');
  const method = METHODS[operator];
  if (left instanceof Instance && method !== undefined && left.made.members.has(method))
    return run.call(run.attribute(left, method), [right], new Map());
  if (isForeign(left) || isForeign(right) || left instanceof Dict)
    return run.unknown(describe(isForeign(left) ? left : right), 'unsupported');
  throw new RaisedError(
    'TypeError',
    `unsupported operand for ${operator}: ${describe(left)} and ${describe(right)}`,
  );
}

function isSequence(value: PyValue): value is List | Tuple | string {
  return value instanceof List || value instanceof Tuple || typeof value === 'string';
}

function repeated(run: PythonRun, value: List | Tuple | string, times: number): PyValue {
  const count = Math.max(0, times);
  if (typeof value === 'string') {
    if (value.length * count > 100_000) throw run.stop('large');
    run.spend((value.length * count) / 64);
    return value.repeat(count);
  }
  payForList(run, value.items.length * count);
  const items = Array.from({ length: count }, () => value.items).flat();
  return value instanceof List ? new List(items) : new Tuple(items);
}

function ofNumbers(
  run: PythonRun,
  operator: string,
  left: PyValue,
  right: PyValue,
  x: number,
  y: number,
): PyValue {
  const whole = typeof left !== 'number' && typeof right !== 'number';
  if ((operator === '/' || operator === '//' || operator === '%') && y === 0)
    throw new RaisedError('ZeroDivisionError', 'division by zero');
  if (typeof left === 'boolean' && typeof right === 'boolean' && (operator === '&' || operator === '|'))
    return operator === '&' ? left && right : left || right;
  const compute = ARITHMETIC[operator];
  if (!compute) {
    if (whole && (operator === '<<' || operator === '>>')) {
      const shifted = operator === '<<' ? x * 2 ** y : Math.floor(x / 2 ** y);
      return integer(run, shifted);
    }
    throw run.stop('unsupported', operator);
  }
  if (operator === '**' && x < 0 && !Number.isInteger(y)) throw run.stop('unsupported', operator);
  const value = compute(x, y);
  return whole && operator !== '/' && !(operator === '**' && y < 0) ? integer(run, value) : value;
}

/** Integers of any size aren't executed. */
function integer(run: PythonRun, value: number): Int {
  if (!Number.isSafeInteger(value)) throw run.stop('large');
  return new Int(value);
}

function changesInPlace({ library }: PyTensor): boolean {
  return library === 'torch' || library === 'numpy';
}

function ofTensors(
  run: PythonRun,
  operator: string,
  left: PyValue,
  right: PyValue,
  inPlace: boolean,
): PyValue {
  const library = left instanceof PyTensor ? left.library : (right as PyTensor).library;
  const [a, b] = [asTensor(run, left, library), asTensor(run, right, library)];
  if (!a || !b) {
    if (operator === '%' && typeof left === 'string') return run.unknown('text');
    if (isForeign(left) || isForeign(right))
      return run.unknown(describe(isForeign(left) ? left : right), 'unsupported');
    throw new RaisedError(
      'TypeError',
      `unsupported operand for ${operator}: ${describe(left)} and ${describe(right)}`,
    );
  }
  run.spend(Math.max(a.size, b.size) / 16);
  if (operator === '@') return product(a, b);
  const compute = ARITHMETIC[operator];
  if (!compute) throw run.stop('unsupported', operator);
  checkMixed(run, left, right, a, b);
  const dtype = dtypeOf(operator, typeOfOperand(left, a, b), typeOfOperand(right, b, a));
  // PyTorch refuses it beside any other type, too.
  const isTruth = (value: PyValue) => value instanceof PyTensor && value.dtype === 'bool';
  if (operator === '-' && (dtype === 'bool' || (library === 'torch' && (isTruth(left) || isTruth(right)))))
    throw new RaisedError('RuntimeError', 'Subtraction of a bool tensor');
  if (inPlace && left instanceof PyTensor && changesInPlace(left)) {
    if (promoted(dtype, left.dtype) !== left.dtype && dtype === 'float')
      throw new RaisedError('RuntimeError', `result type Float can't be cast to ${left.dtype}`);
    write(left, b, compute);
    return left;
  }
  return combine(a, b, dtype, compute);
}

/** TensorFlow refuses tensors of two types. */
function checkMixed(run: PythonRun, left: PyValue, right: PyValue, a: PyTensor, b: PyTensor): void {
  if (a.library !== 'tensorflow' || a.dtype === b.dtype) return;
  if (left instanceof PyTensor && right instanceof PyTensor)
    throw new RaisedError('TypeError', 'tensors of two types');
  const [tensor, other] = left instanceof PyTensor ? [a, b] : [b, a];
  if (tensor.dtype === 'int' && other.dtype === 'float')
    throw new RaisedError('TypeError', 'an integer tensor and a float');
  run.spend(1);
}

/** A number beside a tensor counts as its type where that can hold it: 2 · an integer tensor stays one, 0.5 · it is a float. */
function typeOfOperand(value: PyValue, own: PyTensor, other: PyTensor): DType {
  if (value instanceof PyTensor) {
    // So does a tensor without axes.
    const isScalar = own.rank === 0 && other.rank > 0;
    return isScalar && own.dtype !== 'float' && own.library === 'torch' && other.dtype !== 'bool'
      ? other.dtype
      : own.dtype;
  }
  if (own.dtype === 'float') return 'float';
  return other.dtype === 'bool' ? own.dtype : other.dtype;
}

function dtypeOf(operator: string, a: DType, b: DType): DType {
  if (operator === '/') return 'float';
  const dtype = promoted(a, b);
  return dtype === 'bool' && (operator === '**' || operator === '//' || operator === '%') ? 'int' : dtype;
}

export function unary(run: PythonRun, operator: string, operand: PyValue): PyValue {
  if (operand instanceof Unknown) return operand;
  if (operator === 'not') return !isTrue(run, operand);
  if (operand instanceof PyTensor) {
    run.spend(operand.size / 16);
    if (operator === '+') return operand;
    if (operator === '-') {
      if (operand.dtype === 'bool') throw new RaisedError('RuntimeError', 'Negation of a bool tensor');
      return mapped(operand, (x) => -x, operand.dtype);
    }
    return inverted(operand);
  }
  const x = plainNumber(operand);
  if (x === undefined) {
    if (isForeign(operand)) return run.unknown(describe(operand), 'unsupported');
    throw new RaisedError('TypeError', `bad operand for unary ${operator}: ${describe(operand)}`);
  }
  if (operator === '~') return new Int(-x - 1);
  const value = operator === '-' ? -x : x;
  // There is no integer −0.
  return typeof operand === 'number' ? value : new Int(value === 0 ? 0 : value);
}

export function inverted(tensor: PyTensor): PyTensor {
  if (tensor.dtype === 'float') throw new RaisedError('TypeError', '~ of floats');
  if (tensor.dtype === 'bool') return mapped(tensor, (x) => 1 - x, 'bool');
  return mapped(tensor, (x) => -x - 1, tensor.dtype);
}
