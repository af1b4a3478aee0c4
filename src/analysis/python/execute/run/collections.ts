import { taken } from '../tensors/indexing.ts';
import { converted, PyTensor } from '../tensors/tensor.ts';
import { RaisedError } from './endings.ts';
import type { PythonRun } from './run.ts';
import {
  Bound,
  ClassValue,
  Dict,
  FunctionValue,
  Instance,
  Int,
  List,
  Native,
  NativeMethod,
  NativeObject,
  type PyValue,
  Tuple,
  Unknown,
} from './values.ts';

/** Elements of the longest list. */
const LONGEST = 10_000;

/** What a loop goes through. */
export function itemsOf(run: PythonRun, value: PyValue): readonly PyValue[] {
  if (value instanceof List || value instanceof Tuple) {
    payForList(run, value.items.length);
    return value.items;
  }
  if (value instanceof Dict) {
    payForList(run, value.entries.size);
    return [...value.entries.values()].map(([key]) => key);
  }
  if (typeof value === 'string') {
    payForList(run, value.length);
    return [...value];
  }
  if (value instanceof PyTensor) {
    if (value.rank === 0) throw new RaisedError('TypeError', 'iteration over a 0-d tensor');
    payForList(run, value.shape[0]!);
    run.spend(value.shape[0]!);
    return Array.from({ length: value.shape[0]! }, (_, index) => taken(value, [{ by: 'at', index }]));
  }
  if (value instanceof Unknown) throw stopBy(run, value);
  if (isForeign(value)) throw run.stop('unsupported', describe(value));
  throw new RaisedError('TypeError', `${describe(value)} is not iterable`);
}

/** What isn't known decides something. */
export function stopBy(run: PythonRun, unknown: Unknown) {
  const error = run.stop(unknown.reason, unknown.what);
  return error;
}

/** Of a framework, or of a class whose base isn't known: what it can do isn't known, either. */
export function isForeign(value: PyValue): boolean {
  return (
    value instanceof Native ||
    value instanceof NativeObject ||
    value instanceof NativeMethod ||
    value instanceof Instance
  );
}

/** Stops where a list of this length would be too long, or one that is gone through. */
export function payForList(run: PythonRun, length: number): void {
  if (length > LONGEST) throw run.stop('large');
  run.spend(length / 8);
}

/** Pays for going through texts. */
export function payForText(run: PythonRun, ...texts: readonly string[]): void {
  for (const text of texts) run.spend(text.length / 64);
}

/** What equal keys have in common. */
export function keyOf(run: PythonRun, value: PyValue): string {
  run.spend(1);
  if (value instanceof Int) return `n${value.value}`;
  if (typeof value === 'number') return `n${value}`;
  if (typeof value === 'boolean') return `n${Number(value)}`;
  if (typeof value === 'string') {
    payForText(run, value);
    return `s${value}`;
  }
  if (value === null) return 'none';
  if (value instanceof Tuple) return `(${value.items.map((item) => keyOf(run, item)).join()})`;
  if (value instanceof Native) return `p${value.path}`;
  if (value instanceof Unknown) throw stopBy(run, value);
  throw run.stop('unsupported', 'key');
}

/** A word for a value, for errors. */
export function describe(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (value instanceof Int) return String(value.value);
  if (value instanceof Native || value instanceof NativeObject) return value.path;
  if (value instanceof NativeMethod) return value.name;
  if (value instanceof Unknown) return value.what;
  if (value instanceof FunctionValue) return value.code.name;
  if (value instanceof Bound) return value.made.code.name;
  if (value instanceof ClassValue) return value.name;
  if (value instanceof Instance) return value.made.name;
  if (value instanceof PyTensor) return 'Tensor';
  if (value instanceof List) return 'list';
  if (value instanceof Tuple) return 'tuple';
  return value instanceof Dict ? 'dict' : 'object';
}

/** A number of Python's, or of a tensor with one element; undefined for anything else. */
export function plainNumber(value: PyValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Int) return value.value;
  if (value instanceof PyTensor && value.size === 1) return value.item();
  return undefined;
}

/** RandomNumbers, and lists of lists of them, as a tensor; undefined for anything else. */
export function asTensor(run: PythonRun, value: PyValue, library: PyTensor['library']): PyTensor | undefined {
  if (value instanceof PyTensor) return value;
  if (typeof value === 'boolean') return new PyTensor(Float64Array.of(Number(value)), [], 'bool', library);
  if (value instanceof Int) return new PyTensor(Float64Array.of(value.value), [], 'int', library);
  if (typeof value === 'number') return new PyTensor(Float64Array.of(value), [], 'float', library);
  if (!(value instanceof List || value instanceof Tuple)) return undefined;
  run.spend(1 + value.items.length / 4);
  const parts = value.items.map((item) => asTensor(run, item, library));
  const [first] = parts;
  if (!first)
    return parts.length === 0 ? new PyTensor(new Float64Array(0), [0], 'float', library) : undefined;
  if (!parts.every((part) => part !== undefined)) return undefined;
  return stacked(run, parts);
}

/** Tensors of one shape, one after the other along a new first axis. */
export function stacked(run: PythonRun, parts: readonly PyTensor[]): PyTensor {
  const [first] = parts;
  const { shape, library } = first!;
  if (parts.some((part) => String(part.shape) !== String(shape)))
    throw new RaisedError('RuntimeError', 'stack expects each tensor to be equal size');
  const dtypes = ['bool', 'byte', 'int', 'float'] as const;
  const dtype = dtypes[Math.max(...parts.map((part) => dtypes.indexOf(part.dtype)))]!;
  run.spend((parts.length * first!.size) / 8);
  const values = new Float64Array(parts.length * first!.size);
  for (const [i, part] of parts.entries()) values.set(converted(part, dtype).values(), i * first!.size);
  return new PyTensor(values, [parts.length, ...shape], dtype, library);
}
