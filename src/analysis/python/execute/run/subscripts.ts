import { type Index, put, sliceOf, taken } from '../tensors/indexing.ts';
import { PyTensor } from '../tensors/tensor.ts';
import { asTensor, describe, isForeign, keyOf, payForList, plainNumber, stopBy } from './collections.ts';
import { RaisedError } from './endings.ts';
import type { PythonRun } from './run.ts';
import {
  Dict,
  Ellipsis,
  Int,
  List,
  Native,
  NativeObject,
  type PyValue,
  Registry,
  Slice,
  Tuple,
  Unknown,
} from './values.ts';

const NAMES_OF_SCORES = /logit|log_?prob|score|^preds?$|^outputs?$/i;

export function itemOf(run: PythonRun, of: PyValue, key: PyValue): PyValue {
  if (of instanceof Unknown) return of;
  if (of instanceof PyTensor) {
    // What a model returns is given as its logits alone: `outputs['logits']` are those.
    if (typeof key === 'string' && NAMES_OF_SCORES.test(key) && of.dtype === 'float') return of;
    const indices = indicesOf(run, of, key);
    if (indices instanceof Unknown) return indices;
    const item = taken(of, indices);
    run.spend(item.size / 16);
    return item;
  }
  if (key instanceof Unknown) return key;
  if (of instanceof Dict) {
    const entry = of.entries.get(keyOf(run, key));
    if (!entry) throw new RaisedError('KeyError', describe(key));
    return entry[1];
  }
  if (of instanceof List || of instanceof Tuple || typeof of === 'string') return ofSequence(run, of, key);
  if (of instanceof NativeObject && of.path === 'jax.at')
    return new NativeObject('jax.at[]', new Map([...of.settings, ['key', key]]));
  // `List[int]` of an annotation that is evaluated.
  if (of instanceof Native) return of;
  if (isForeign(of)) return run.unknown(describe(of), 'unsupported');
  throw new RaisedError('TypeError', `${describe(of)} is not subscriptable`);
}

function ofSequence(run: PythonRun, of: List | Tuple | string, key: PyValue): PyValue {
  if (typeof of === 'string') run.spend(of.length / 32);
  const items: readonly PyValue[] = typeof of === 'string' ? [...of] : of.items;
  if (key instanceof Slice) {
    const bounds = boundsOf(run, key);
    if (bounds instanceof Unknown) return bounds;
    const { from, count } = sliceOf(items.length, bounds.start, bounds.stop, bounds.step);
    if (typeof of !== 'string') payForList(run, count);
    const taken = Array.from({ length: count }, (_, i) => items[from + i * bounds.step]!);
    if (typeof of === 'string') return taken.join('');
    return of instanceof List ? new List(taken) : new Tuple(taken);
  }
  const index =
    key instanceof Int || key instanceof PyTensor || typeof key === 'boolean' ? plainNumber(key) : undefined;
  if (index === undefined)
    throw new RaisedError('TypeError', `indices must be integers, not ${describe(key)}`);
  const item = items.at(index);
  if (item === undefined || index < -items.length) throw new RaisedError('IndexError', 'index out of range');
  return item;
}

function boundsOf(run: PythonRun, { parts }: Slice) {
  const unknown = parts.find((part) => part instanceof Unknown);
  if (unknown) return unknown as Unknown;
  const [start = null, stop = null, step = 1] = parts.map((part) => {
    if (part === null) return null;
    const number = plainNumber(part);
    if (number === undefined || typeof part === 'number')
      throw new RaisedError('TypeError', 'slice indices must be integers');
    return number;
  });
  run.spend(1);
  return { start, stop, step: step ?? 1 };
}

/** What stands in the brackets behind a tensor. */
function indicesOf(run: PythonRun, of: PyTensor, key: PyValue): readonly Index[] | Unknown {
  // torch takes a list of tensors for a tuple of them.
  const isMany =
    key instanceof List && key.items.some((item) => item instanceof PyTensor || item instanceof Slice);
  const parts = key instanceof Tuple || isMany ? key.items : [key];
  const indices: Index[] = [];
  for (const part of parts) {
    if (part instanceof Unknown) return part;
    if (part === null) indices.push({ by: 'new' });
    else if (part instanceof Ellipsis) indices.push({ by: 'rest' });
    else if (part instanceof Slice) {
      const bounds = boundsOf(run, part);
      if (bounds instanceof Unknown) return bounds;
      if (bounds.step < 1 && of.library === 'torch')
        throw new RaisedError('ValueError', 'step must be greater than zero');
      indices.push({ by: 'slice', ...bounds });
    } else if (part instanceof Int) indices.push({ by: 'at', index: part.value });
    else if (part instanceof Native && part.path.endsWith('.newaxis')) indices.push({ by: 'new' });
    else if (typeof part === 'boolean' || typeof part === 'number') throw run.stop('unsupported', 'index');
    else {
      const tensor = asTensor(run, part, of.library);
      if (!tensor) return run.unknown(describe(part), 'unsupported');
      if (tensor.dtype === 'float' && tensor.size > 0)
        throw new RaisedError('IndexError', 'tensors used as indices must be long, byte or bool tensors');
      if (of.library === 'tensorflow') throw new RaisedError('TypeError', 'only slices are valid indices');
      // A tensor without axes is a number here.
      if (tensor.rank === 0 && tensor.dtype !== 'bool') indices.push({ by: 'at', index: tensor.item() });
      else {
        run.spend(tensor.size / 4);
        indices.push({ by: 'tensor', tensor });
      }
    }
  }
  return indices;
}

export function setItem(run: PythonRun, of: PyValue, key: PyValue, value: PyValue): void {
  if (of instanceof PyTensor) {
    const indices = indicesOf(run, of, key);
    if (indices instanceof Unknown) throw stopBy(run, indices);
    if (value instanceof Unknown) {
      // Whatever it is, it's written nowhere.
      if (indices.some((each) => each.by === 'tensor' && isNowhere(each.tensor))) return;
      throw stopBy(run, value);
    }
    if (of.library === 'tensorflow' || of.library === 'jax')
      throw new RaisedError('TypeError', 'this tensor does not support item assignment');
    const source = asTensor(run, value, of.library);
    if (!source) throw run.stop('unsupported', describe(value));
    run.spend(of.size / 16);
    put(of, indices, source);
    return;
  }
  if (of instanceof Registry) return;
  if (of instanceof Unknown) throw stopBy(run, of);
  if (of instanceof Dict) {
    if (of.entries.size > 10_000) throw run.stop('large');
    of.entries.set(keyOf(run, key), [key, value]);
    return;
  }
  if (of instanceof List && key instanceof Int) {
    const { length } = of.items;
    const place = key.value < 0 ? key.value + length : key.value;
    if (place < 0 || place >= length)
      throw new RaisedError('IndexError', 'list assignment index out of range');
    of.items[place] = value;
    return;
  }
  if (of instanceof Tuple) throw new RaisedError('TypeError', 'a tuple does not support item assignment');
  throw run.stop('unsupported', describe(of));
}

function isNowhere(mask: PyTensor): boolean {
  return (mask.dtype === 'bool' || mask.dtype === 'byte') && mask.values().every((x) => x === 0);
}

export function removeItem(run: PythonRun, of: PyValue, key: PyValue): void {
  if (of instanceof Dict) of.entries.delete(keyOf(run, key));
  else if (!(of instanceof Unknown)) throw run.stop('unsupported', 'del');
}
