import { combine } from '../tensors/broadcast.ts';
import { PyTensor } from '../tensors/tensor.ts';
import {
  asTensor,
  describe,
  isForeign,
  itemsOf,
  keyOf,
  payForText,
  plainNumber,
  stopBy,
} from './collections.ts';
import { RaisedError } from './endings.ts';
import type { PythonRun } from './run.ts';
import { Dict, Instance, Int, List, Native, type PyValue, Tuple, Unknown } from './values.ts';

/** Of numbers. */
export const ORDERED: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  '<': (x, y) => x < y,
  '>': (x, y) => x > y,
  '<=': (x, y) => x <= y,
  '>=': (x, y) => x >= y,
  '==': (x, y) => x === y,
  '!=': (x, y) => x !== y,
};

/** A comparison; of tensors one by one. */
export function compared(run: PythonRun, operator: string, left: PyValue, right: PyValue): PyValue {
  if (operator === 'is' || operator === 'is not') return same(left, right, operator === 'is');
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  if (operator === 'in' || operator === 'not in') {
    const found = contains(run, right, left);
    return found instanceof Unknown ? found : found === (operator === 'in');
  }
  const compare = ORDERED[operator];
  if (!compare) throw run.stop('unsupported', operator);
  if (left instanceof PyTensor || right instanceof PyTensor) {
    const library = left instanceof PyTensor ? left.library : (right as PyTensor).library;
    const [a, b] = [asTensor(run, left, library), asTensor(run, right, library)];
    if (!a || !b) {
      if (isText(left, right)) return run.unknown('==', 'unsupported');
      if (operator === '==' || operator === '!=') return operator === '!=';
      throw new RaisedError('TypeError', `${operator} of ${describe(left)} and ${describe(right)}`);
    }
    run.spend(Math.max(a.size, b.size) / 16);
    return combine(a, b, 'bool', (x, y) => Number(compare(x, y)));
  }
  const [x, y] = [plainNumber(left), plainNumber(right)];
  if (x !== undefined && y !== undefined) return compare(x, y);
  if (operator === '==' || operator === '!=') {
    const equal = equals(run, left, right);
    return equal instanceof Unknown ? equal : equal === (operator === '==');
  }
  if (typeof left === 'string' && typeof right === 'string')
    return compare(left < right ? -1 : left > right ? 1 : 0, 0);
  if (isForeign(left) || isForeign(right)) return run.unknown(describe(left), 'unsupported');
  throw new RaisedError(
    'TypeError',
    `'${operator}' not supported between ${describe(left)} and ${describe(right)}`,
  );
}

/** A tensor isn't compared with a text: it's tried in the place of a name that isn't known. */
function isText(left: PyValue, right: PyValue): boolean {
  return typeof left === 'string'
    ? right instanceof PyTensor
    : typeof right === 'string' && left instanceof PyTensor;
}

function same(left: PyValue, right: PyValue, wanted: boolean): PyValue {
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  if (left instanceof Native && right instanceof Native) return (left.path === right.path) === wanted;
  const equal = left instanceof Int && right instanceof Int ? left.value === right.value : left === right;
  return equal === wanted;
}

function equals(run: PythonRun, left: PyValue, right: PyValue): boolean | Unknown {
  if (typeof left === 'string' && typeof right === 'string') payForText(run, left, right);
  if (left === right) return true;
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  if (isText(left, right)) return run.unknown('==', 'unsupported');
  const [x, y] = [plainNumber(left), plainNumber(right)];
  if (x !== undefined && y !== undefined) return x === y;
  if (left instanceof Native && right instanceof Native) return left.path === right.path;
  for (const kind of [List, Tuple] as const) {
    if (!(left instanceof kind && right instanceof kind)) continue;
    run.spend(left.items.length);
    if (left.items.length !== right.items.length) return false;
    for (const [i, item] of left.items.entries()) {
      const equal = equals(run, item, right.items[i]!);
      if (equal !== true) return equal;
    }
    return true;
  }
  if (left instanceof Dict && right instanceof Dict) return run.unknown('dict', 'unsupported');
  if (isForeign(left) || isForeign(right)) {
    if (left === null || right === null || typeof left === 'string' || typeof right === 'string')
      return left instanceof Instance || right instanceof Instance || left === null || right === null
        ? false
        : run.unknown(describe(left), 'unsupported');
    return run.unknown(describe(left), 'unsupported');
  }
  return false;
}

function contains(run: PythonRun, container: PyValue, item: PyValue): boolean | Unknown {
  if (typeof container === 'string' && typeof item === 'string') {
    // In the worst case each place is compared with all of the other.
    payForText(run, container, item);
    run.spend((container.length * item.length) / 4_096);
    return container.includes(item);
  }
  if (container instanceof Dict) return container.entries.has(keyOf(run, item));
  for (const each of itemsOf(run, container)) {
    const equal = equals(run, each, item);
    if (equal !== false) return equal;
  }
  return false;
}

/** What `if` and `not` make of a value. */
export function isTrue(run: PythonRun, value: PyValue): boolean {
  if (value instanceof Unknown) throw stopBy(run, value);
  if (value instanceof PyTensor) {
    if (value.size !== 1)
      throw new RaisedError('RuntimeError', 'Boolean value of Tensor with more than one value is ambiguous');
    return value.item() !== 0;
  }
  if (value instanceof Int) return value.value !== 0;
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict) return value.entries.size > 0;
  if (value instanceof Instance && (value.made.members.has('__bool__') || value.made.members.has('__len__')))
    throw run.stop('unsupported', value.made.name);
  return typeof value === 'object' && value !== null ? true : Boolean(value);
}
