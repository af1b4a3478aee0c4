import { asTensor, describe, isForeign, itemsOf, plainNumber } from '../run/collections.ts';
import { isTrue } from '../run/comparisons.ts';
import { RaisedError } from '../run/endings.ts';
import type { PythonRun } from '../run/run.ts';
import { Int, List, Native, type PyValue, Tuple } from '../run/values.ts';
import { type DType, PyTensor } from '../tensors/tensor.ts';

/** What an operation was given, by the names of its signature. */
export class Arguments {
  readonly run: PythonRun;
  readonly library: PyTensor['library'];
  readonly #values: ReadonlyMap<string, PyValue>;

  constructor(run: PythonRun, library: PyTensor['library'], values: ReadonlyMap<string, PyValue>) {
    this.run = run;
    this.library = library;
    this.#values = values;
  }

  /** None where nothing is given. */
  value(name: string): PyValue {
    return this.#values.get(name) ?? null;
  }

  has(name: string): boolean {
    return this.value(name) !== null;
  }

  /** RandomNumbers and lists of them are tensors, too. */
  tensor(name: string): PyTensor {
    const value = this.value(name);
    const tensor = asTensor(this.run, value, this.library);
    if (tensor) return tensor;
    if (isForeign(value)) throw this.run.stop('unsupported', describe(value));
    throw new RaisedError('TypeError', `argument '${name}' must be a tensor, not ${describe(value)}`);
  }

  tensors(name: string): PyTensor[] {
    return itemsOf(this.run, this.value(name)).map((item) => {
      const tensor = asTensor(this.run, item, this.library);
      if (!tensor) throw new RaisedError('TypeError', `expected a tensor, not ${describe(item)}`);
      return tensor;
    });
  }

  number(name: string, fallback?: number | undefined): number {
    const value = this.value(name);
    if (value === null && fallback !== undefined) return fallback;
    const number = plainNumber(value);
    if (number === undefined)
      throw new RaisedError('TypeError', `argument '${name}' must be a number, not ${describe(value)}`);
    return number;
  }

  /** An integer; a float raises, even if it is whole. */
  int(name: string, fallback?: number | undefined): number {
    const value = this.value(name);
    if (typeof value === 'number')
      throw new RaisedError('TypeError', `argument '${name}' must be an integer, not float`);
    const number = this.number(name, fallback);
    if (!Number.isInteger(number))
      throw new RaisedError('TypeError', `argument '${name}' must be an integer`);
    return number;
  }

  flag(name: string, fallback = false): boolean {
    const value = this.value(name);
    return value === null ? fallback : isTrue(this.run, value);
  }

  text(name: string, fallback: string): string {
    const value = this.value(name);
    if (value === null) return fallback;
    if (typeof value !== 'string') throw this.run.stop('unsupported', describe(value));
    return value;
  }

  /** One axis, several, or null for all. */
  axes(name: string): number[] | null {
    const value = this.value(name);
    if (value === null) return null;
    const axes = this.integers(name);
    return axes.length === 0 && !(value instanceof Int) ? null : axes;
  }

  /** A shape: one integer, a tuple, or integers one after the other. */
  integers(name: string): number[] {
    const value = this.value(name);
    const items =
      value instanceof List || value instanceof Tuple
        ? value.items
        : value instanceof PyTensor && value.rank > 0
          ? itemsOf(this.run, value)
          : [value];
    const [first] = items;
    const all =
      items.length === 1 &&
      (first instanceof List || first instanceof Tuple || (first instanceof PyTensor && first.rank > 0))
        ? itemsOf(this.run, first)
        : items;
    return all.map((item) => {
      const number = typeof item === 'number' ? undefined : plainNumber(item);
      if (number === undefined || !Number.isInteger(number))
        throw new RaisedError('TypeError', `argument '${name}' must be integers, not ${describe(item)}`);
      return number;
    });
  }

  dtype(name: string, fallback: DType): DType {
    const value = this.value(name);
    return value === null ? fallback : (dtypeOf(value) ?? fallback);
  }
}

/** The type that something names; undefined if it names none. */
export function dtypeOf(value: PyValue): DType | undefined {
  const name = value instanceof Native ? value.path : typeof value === 'string' ? value : undefined;
  switch (name?.split('.').at(-1)) {
    case 'float':
    case 'double':
    case 'half':
    case 'float16':
    case 'bfloat16':
    case 'float32':
    case 'float64':
    case 'float_':
    case 'FloatTensor':
    case 'DoubleTensor':
    case 'HalfTensor':
      return 'float';
    case 'int':
    case 'long':
    case 'short':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'intp':
    case 'IntTensor':
    case 'LongTensor':
      return 'int';
    case 'bool':
    case 'bool_':
    case 'BoolTensor':
      return 'bool';
    case 'uint8':
    case 'ByteTensor':
      return 'byte';
    default:
      return undefined;
  }
}

/** What stands for a type where code asks a tensor for its own. */
export function nameOfDtype({ dtype, library }: PyTensor): Native {
  const root = library === 'torch' ? 'torch' : library === 'numpy' ? 'numpy' : library;
  const name = { float: 'float32', int: 'int64', bool: 'bool', byte: 'uint8' }[dtype];
  return new Native(`${root}.${name}`);
}
