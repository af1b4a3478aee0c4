import { PyTensor } from '../../tensors/tensor.ts';
import { ancestry } from '../attributes.ts';
import { stopBy } from '../collections.ts';
import type { PythonRun } from '../run.ts';
import {
  Bound,
  ClassValue,
  Dict,
  FunctionValue,
  Instance,
  Int,
  List,
  Native,
  NativeObject,
  type PyValue,
  Tuple,
  Unknown,
} from '../values.ts';

/** `isinstance` of Python; unknown where a class of a framework may be one that isn't known. */
export function isInstance(run: PythonRun, value: PyValue, type: PyValue): PyValue {
  if (type instanceof Unknown) return type;
  if (value instanceof Unknown) return value;
  if (type instanceof Tuple) {
    const each = type.items.map((item) => isInstance(run, value, item));
    if (each.includes(true)) return true;
    return each.find((is) => is instanceof Unknown) ?? false;
  }
  if (type instanceof ClassValue) return value instanceof Instance && ancestry(value.made).includes(type);
  if (!(type instanceof Native)) throw stopBy(run, run.unknown('isinstance', 'unsupported'));
  const name = type.path.split('.').at(-1)!;
  switch (name) {
    case 'int':
    case 'integer':
    case 'Integral':
      return value instanceof Int || typeof value === 'boolean';
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'Number':
    case 'Real':
      return value instanceof Int || typeof value === 'number' || typeof value === 'boolean';
    case 'str':
      return typeof value === 'string';
    case 'list':
    case 'List':
      return value instanceof List;
    case 'tuple':
    case 'Tuple':
      return value instanceof Tuple;
    case 'dict':
    case 'Dict':
    case 'Mapping':
      return value instanceof Dict && !value.isSet;
    case 'Sequence':
    case 'Iterable':
      return value instanceof List || value instanceof Tuple;
    case 'Tensor':
    case 'Variable':
      return (
        value instanceof PyTensor &&
        value.library ===
          (type.path.startsWith('t') && !type.path.startsWith('torch') ? 'tensorflow' : 'torch')
      );
    case 'ndarray':
    case 'Array':
      return value instanceof PyTensor && value.library === (type.path.startsWith('numpy') ? 'numpy' : 'jax');
    case 'LongTensor':
      return value instanceof PyTensor && value.dtype === 'int';
    case 'FloatTensor':
    case 'DoubleTensor':
      return value instanceof PyTensor && value.dtype === 'float';
    case 'Module':
      if (value instanceof Instance)
        return (
          ancestry(value.made).some((each) => each instanceof Native && each.path === type.path) ||
          run.unknown(name)
        );
      return value instanceof NativeObject ? run.unknown(name) : false;
    case 'Callable':
      return value instanceof FunctionValue || value instanceof Bound || value instanceof ClassValue;
    default:
      return value === null || typeof value !== 'object' ? false : run.unknown(name, 'unsupported');
  }
}
