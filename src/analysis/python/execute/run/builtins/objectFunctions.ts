import { hasOperation } from '../../operations/callOperation.ts';
import { PyTensor } from '../../tensors/tensor.ts';
import { attributeOf, callingMethod, setAttribute } from '../attributes.ts';
import { describe } from '../collections.ts';
import { RaisedError } from '../endings.ts';
import type { PythonRun } from '../run.ts';
import {
  Bound,
  ClassValue,
  FunctionValue,
  Instance,
  Int,
  Native,
  NativeMethod,
  NativeObject,
  type PyValue,
  Unknown,
} from '../values.ts';
import type { Builtin } from './builtin.ts';
import { isInstance } from './isInstance.ts';

/** Of objects, their classes and attributes. */
export const OBJECT_FUNCTIONS: Readonly<Record<string, Builtin>> = {
  isinstance: (run, [value = null, type = null]) => isInstance(run, value, type),
  callable: (_, [value = null]) =>
    value instanceof FunctionValue ||
    value instanceof Bound ||
    value instanceof ClassValue ||
    value instanceof Native ||
    value instanceof NativeMethod ||
    value instanceof NativeObject ||
    (value instanceof Instance && (value.native !== null || callingMethod(value) !== undefined)),
  hasattr: (run, [value = null, name = null]) => {
    if (value instanceof Unknown) return value;
    const found = readAttribute(run, value, name);
    return found instanceof Unknown ? found : found !== undefined;
  },
  getattr: (run, [value = null, name = null, fallback]) => {
    const option = typeof name === 'string' ? run.optionOf(value, name) : undefined;
    if (option !== undefined) return option;
    if (value instanceof Unknown) return value;
    if (value instanceof Native) return attributeOf(run, value, String(name));
    const found = readAttribute(run, value, name);
    if (found !== undefined) return found;
    if (fallback === undefined) throw new RaisedError('AttributeError', `no attribute ${describe(name)}`);
    return fallback;
  },
  setattr: (run, [of = null, name = null, value = null]) => {
    if (typeof name !== 'string') throw run.stop('unknown', 'setattr');
    setAttribute(run, of, name, value);
    return null;
  },
  type: (run, [value = null]) => {
    if (value instanceof Instance) return value.made;
    if (value instanceof PyTensor) return new Native('torch.Tensor');
    if (value instanceof Int) return new Native('int');
    if (typeof value === 'number') return new Native('float');
    return run.unknown('type', 'unsupported');
  },
  object: () => new Instance(new ClassValue('object', [])),
};

/** Of a tensor it's a method that is known. */
function isOperation({ self, name }: NativeMethod): boolean {
  return self instanceof PyTensor && hasOperation(self, name);
}

function readAttribute(run: PythonRun, value: PyValue, name: PyValue): PyValue | undefined {
  if (typeof name !== 'string') throw run.stop('unknown', 'getattr');
  try {
    const found = attributeOf(run, value, name);
    // What a framework's class may have by this name isn't known.
    if (found instanceof NativeMethod && !isOperation(found)) return run.unknown(name);
    return found;
  } catch (error) {
    if (error instanceof RaisedError && error.type === 'AttributeError') return undefined;
    throw error;
  }
}
