import { PyTensor } from '../../tensors/tensor.ts';
import { attributeOf } from '../attributes.ts';
import { describe, itemsOf, plainNumber } from '../collections.ts';
import { compared, isTrue } from '../comparisons.ts';
import { RaisedError } from '../endings.ts';
import { operated } from '../operators.ts';
import type { PythonRun } from '../run.ts';
import { Int, type PyValue, Unknown } from '../values.ts';
import type { Builtin } from './builtin.ts';

/** Of numbers, and of tensors that are like them. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, Builtin>> = {
  sum: (run, [value = null, start]) => {
    let sum: PyValue = start ?? new Int(0);
    for (const item of itemsOf(run, value)) sum = operated(run, '+', sum, item);
    return sum;
  },
  min: (run, given) => extreme(run, given, '<'),
  max: (run, given) => extreme(run, given, '>'),
  abs: (run, [value = null]) => {
    if (value instanceof PyTensor) return run.call(attributeOf(run, value, 'abs'), [], new Map());
    return withNumber(run, value, Math.abs);
  },
  round: (run, [value = null, digits]) => {
    if (digits !== undefined) return run.unknown('round', 'unsupported');
    const number = plainNumber(value);
    if (number === undefined) return run.unknown('round', 'unsupported');
    const floor = Math.floor(number);
    const rest = number - floor;
    return new Int(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
  },
  pow: (run, [a = null, b = null]) => operated(run, '**', a, b),
  float: (run, [value = null]) => {
    if (typeof value === 'string') return floatOf(value);
    const number = plainNumber(value instanceof PyTensor && value.size === 1 ? run.cut(value) : value);
    if (number === undefined) throw new RaisedError('TypeError', `float() of ${describe(value)}`);
    run.spend(1);
    return number;
  },
  int: (run, [value = null]) => {
    const number = typeof value === 'string' ? floatOf(value) : plainNumber(value);
    if (number === undefined || !Number.isFinite(number))
      throw new RaisedError('TypeError', `int() of ${describe(value)}`);
    run.spend(1);
    return new Int(Math.trunc(number));
  },
  bool: (run, [value = false]) => isTrue(run, value),
};

function extreme(run: PythonRun, given: readonly PyValue[], operator: '<' | '>'): PyValue {
  const items = given.length === 1 ? itemsOf(run, given[0]!) : given;
  if (items.length === 0) throw new RaisedError('ValueError', 'empty sequence');
  let best: PyValue = items[0] ?? null;
  for (const item of items.slice(1)) {
    const better = compared(run, operator, item, best);
    if (better instanceof Unknown) return better;
    if (isTrue(run, better)) best = item;
  }
  return best;
}

function withNumber(run: PythonRun, value: PyValue, compute: (x: number) => number): PyValue {
  const number = plainNumber(value);
  if (number === undefined) throw new RaisedError('TypeError', `bad operand: ${describe(value)}`);
  run.spend(1);
  return value instanceof Int ? new Int(compute(number)) : compute(number);
}

function floatOf(text: string): number {
  const word = text.trim().toLowerCase();
  if (/^[+-]?inf(?:inity)?$/.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  if (word === 'nan') return Number.NaN;
  const value = word === '' ? Number.NaN : Number(word);
  if (Number.isNaN(value))
    throw new RaisedError('ValueError', `could not convert string to float: '${text}'`);
  return value;
}
