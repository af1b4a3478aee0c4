import { stopBy } from '../run/collections.ts';
import { RaisedError } from '../run/endings.ts';
import type { PythonRun } from '../run/run.ts';
import {
  Dict,
  Int,
  List,
  Native,
  NativeMethod,
  NativeObject,
  type PyValue,
  Tuple,
  Unknown,
} from '../run/values.ts';
import { permuted, swapped } from '../tensors/shapes.ts';
import { PyTensor } from '../tensors/tensor.ts';
import { Arguments, nameOfDtype } from './arguments.ts';
import { methodOfCollection } from './collectionMethods.ts';
import type { Operation } from './definition.ts';
import { operationPath, RANDOM } from './paths.ts';
import { operationNamed } from './table.ts';

/** Arguments that change nothing of the numbers. */
const IGNORED = new Set(
  'device requires_grad name memory_format non_blocking pin_memory layout generator validate_indices copy order seed _stacklevel stacklevel async subok sparse_grad where_dtype precision weak_type'.split(
    ' ',
  ),
);

/** Calls a function of a framework. What isn't in the table gives something unknown. */
export function callOperation(
  run: PythonRun,
  path: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  if (RANDOM.test(path)) return run.unknown(path, 'random');
  const { name, library } = operationPath(path);
  const operation = operationNamed(name);
  if (!operation) {
    // `torch.Tensor.sum(x)`
    const method = /^torch\.Tensor\.(\w+)$/.exec(path)?.[1];
    const [self] = positional;
    if (method !== undefined && self instanceof PyTensor)
      return callMethod(run, self, method, positional.slice(1), named);
    if (/_$/.test(path) && positional.some((value) => value instanceof PyTensor))
      throw run.stop('unsupported', path);
    return run.unknown(path, path.includes('.') && known(path) ? 'unsupported' : 'unknown');
  }
  return perform(run, operation, path, library ?? libraryOf(positional, named) ?? 'torch', positional, named);
}

function known(path: string): boolean {
  return /^(?:torch|numpy|tensorflow|keras|jax|math|optax)\b/.test(path);
}

/** Of many truths one, or how many there are. */
const MAKES_ONE = /(?:^|[._])(?:any|all|sum)$/;

function libraryOf(
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyTensor['library'] | undefined {
  return [...positional, ...named.values()].find((value) => value instanceof PyTensor)?.library;
}

/** Calls a method of a tensor, a list, a dict, a text. */
export function callMethod(
  run: PythonRun,
  self: PyValue,
  name: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  if (self instanceof PyTensor) {
    const operation = operationNamed(methodName(self, name));
    if (!operation) {
      if (name.endsWith('_')) throw run.stop('unsupported', name);
      if (/^(?:random|bernoulli|multinomial|normal)/.test(name)) return run.unknown(name, 'random');
      throw run.stop('unsupported', name);
    }
    return perform(run, operation, name, self.library, [self, ...positional], named);
  }
  if (self instanceof List || self instanceof Tuple || self instanceof Dict || typeof self === 'string')
    return methodOfCollection(run, self, name, positional, named);
  if (self instanceof NativeObject && self.path === 'jax.at[]') return setAt(run, self, name, positional);
  if (
    self instanceof NativeObject &&
    ['to', 'cuda', 'cpu', 'train', 'eval', 'double', 'float'].includes(name)
  )
    return self;
  if (name === 'item') return self;
  return run.unknown(name, 'unsupported');
}

/** `x.at[i].set(v)` of JAX: a copy. */
function setAt(
  run: PythonRun,
  self: NativeObject,
  name: string,
  [value = null]: readonly PyValue[],
): PyValue {
  const set = operationNamed('jax.at');
  if (!set || !['set', 'add', 'multiply'].includes(name)) return run.unknown(name, 'unsupported');
  const values = new Map<string, PyValue>([...self.settings, ['value', value], ['how', name]]);
  if (value instanceof Unknown) return value;
  return set.perform(new Arguments(run, 'jax', values));
}

function methodName({ library }: PyTensor, name: string): string {
  return `.${library === 'jax' ? 'numpy' : library}.${name}`;
}

/** A method of tensors that is known. */
export function hasOperation(self: PyTensor, name: string): boolean {
  return operationNamed(methodName(self, name)) !== undefined;
}

function perform(
  run: PythonRun,
  operation: Operation,
  name: string,
  library: PyTensor['library'],
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  const values = bind(operation, name, positional, named);
  for (const [each, value] of values) {
    if (value instanceof PyTensor) run.spend(value.size / 32);
    const unknown = unknownIn(run, value);
    if (!unknown || IGNORED.has(each)) continue;
    // `x.to(device)`, where which one it is doesn't matter.
    if ((each === 'to' || each === 'more') && !/dtype|type/.test(unknown.what)) {
      values.delete(each);
      continue;
    }
    if (operation.inPlace) throw stopBy(run, unknown);
    return unknown;
  }
  // A function of numbers takes what a tensor has for a number.
  if (name.startsWith('math.'))
    for (const [each, value] of values) if (value instanceof PyTensor) values.set(each, run.cut(value));
  const result = operation.perform(new Arguments(run, library, values));
  if (MAKES_ONE.test(name)) run.decisions.passOn(values.values().next().value, result);
  run.spend(result instanceof PyTensor ? 1 + result.size / 16 : 1);
  return result;
}

function unknownIn(run: PythonRun, value: PyValue): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (!(value instanceof List || value instanceof Tuple)) return undefined;
  run.spend(value.items.length / 4);
  for (const item of value.items) {
    const unknown = unknownIn(run, item);
    if (unknown) return unknown;
  }
  return undefined;
}

function bind(
  { parameters }: Operation,
  name: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): Map<string, PyValue> {
  const values = new Map<string, PyValue>();
  const rest = new Map(named);
  let next = 0;
  for (const parameter of parameters) {
    const [key = ''] = parameter.names;
    const given = parameter.names.find((each) => rest.has(each));
    if (given !== undefined) {
      values.set(key, rest.get(given)!);
      rest.delete(given);
    } else if (parameter.rest) {
      if (next < positional.length) values.set(key, new Tuple(positional.slice(next)));
      next = positional.length;
    } else if (next < positional.length) values.set(key, positional[next++]!);
    else if (parameter.required)
      throw new RaisedError('TypeError', `${name}() missing a required argument: '${key}'`);
  }
  if (next < positional.length)
    throw new RaisedError('TypeError', `${name}() takes ${parameters.length} positional arguments`);
  for (const [key, value] of rest) {
    if (!IGNORED.has(key))
      throw new RaisedError('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
    if (key === 'device') values.delete(key);
    else values.set(key, value);
  }
  return values;
}

/** What a tensor has that isn't called, and what is. */
export function tensorAttribute(run: PythonRun, self: PyTensor, name: string): PyValue {
  switch (name) {
    case 'shape':
      return new Tuple(self.shape.map((length) => new Int(length)));
    case 'T':
      return permuted(self, self.shape.map((_, axis) => axis).reverse());
    case 'mT':
      return swapped(self, -2, -1);
    case 'ndim':
      return new Int(self.rank);
    case 'dtype':
      return nameOfDtype(self);
    case 'data':
      return run.cut(self);
    case 'device':
      return new Native('torch.cpu');
    case 'is_cuda':
    case 'is_sparse':
      return false;
    case 'requires_grad':
      return self.dtype === 'float';
    case 'at':
      if (self.library !== 'jax') return run.unknown(name);
      return new NativeObject('jax.at', new Map([['tensor', self]]));
    case 'size':
      return self.library === 'torch' ? new NativeMethod(self, name) : new Int(self.size);
    case 'grad':
    case 'grad_fn':
      return run.unknown(name);
    default:
      if (hasOperation(self, name)) return new NativeMethod(self, name);
      // Said where it is called: an attribute that it doesn't have may be asked for.
      if (/^(?:_|at$)/.test(name)) return run.unknown(name);
      return new NativeMethod(self, name);
  }
}
