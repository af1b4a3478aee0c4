import { plainNumber } from '../run/collections.ts';
import { RaisedError } from '../run/endings.ts';
import type { PyValue } from '../run/values.ts';
import { expandedTo } from '../tensors/broadcast.ts';
import { axisOf, cast, PyTensor, placesOf } from '../tensors/tensor.ts';
import type { Arguments } from './arguments.ts';

/** Where along an axis each index points: for each element of `index` the place in memory of `tensor`. */
export function placesAlong(tensor: PyTensor, axis: number, index: PyTensor): Int32Array {
  if (index.dtype !== 'int')
    throw new RaisedError('RuntimeError', 'gather/scatter: expected dtype int64 for index');
  if (index.rank !== tensor.rank && index.size > 0)
    throw new RaisedError(
      'RuntimeError',
      'Index tensor must have the same number of dimensions as input tensor',
    );
  const length = tensor.shape[axis] ?? 1;
  const fits = index.shape.every((each, i) => i === axis || each <= tensor.shape[i]!);
  if (!fits)
    throw new RaisedError(
      'RuntimeError',
      `Size does not match at dimension: index [${index.shape}], input [${tensor.shape}]`,
    );
  const strides = tensor.strides.map((stride, i) => (i === axis ? 0 : stride));
  const places = placesOf(tensor.view(index.shape, strides));
  const values = index.values();
  for (let i = 0; i < places.length; i++) {
    const value = values[i]!;
    if (value < 0 || value >= length)
      throw new RaisedError(
        tensor.library === 'torch' ? 'RuntimeError' : 'IndexError',
        `index ${value} is out of bounds for dimension ${axis} with size ${length}`,
      );
    places[i]! += value * (tensor.strides[axis] ?? 0);
  }
  return places;
}

export function gathered(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const index = given.tensor('index');
  const places = placesAlong(tensor, axisOf(given.int('dim'), tensor.rank), index);
  return tensor.like(
    Float64Array.from(places, (place) => tensor.data[place]!),
    index.shape,
  );
}

/** NumPy repeats the indices to the shape, and counts negative ones from the end. */
export function takenAlong(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim', -1), tensor.rank);
  const index = given.tensor('index');
  const wide = expandedTo(
    index,
    tensor.shape.map((length, i) => (i === axis ? index.shape[axis]! : length)),
  );
  const length = tensor.shape[axis]!;
  const whole = wide.like(wide.values().map((value) => (value < 0 ? value + length : value)));
  const places = placesAlong(tensor, axis, whole);
  return tensor.like(
    Float64Array.from(places, (place) => tensor.data[place]!),
    wide.shape,
  );
}

export function putAlong(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim'), tensor.rank);
  const places = placesAlong(tensor, axis, given.tensor('index'));
  const values = expandedTo(given.tensor('src'), given.tensor('index').shape).values();
  for (const [i, place] of places.entries()) tensor.data[place] = cast(values[i]!, tensor.dtype);
  return null;
}

export function scatter(copies: boolean, adds: boolean) {
  return (given: Arguments): PyTensor => {
    const own = given.tensor('input');
    const target = copies ? own.like(own.values()) : own;
    const index = given.tensor('index');
    const places = placesAlong(target, axisOf(given.int('dim'), target.rank), index);
    const reduce = given.text('reduce', adds ? 'add' : '');
    const source = sourceOf(given, adds);
    if (source.rank > 0 && source.dtype !== target.dtype && given.library === 'torch')
      throw new RaisedError('RuntimeError', 'scatter(): Expected self.dtype to be equal to src.dtype');
    const values =
      source.rank === 0 ? expandedTo(source, index.shape).values() : cornerOf(source, index.shape);
    for (const [i, place] of places.entries()) {
      const old = target.data[place]!;
      const value =
        reduce === 'add' ? old + values[i]! : reduce === 'multiply' ? old * values[i]! : values[i]!;
      target.data[place] = cast(value, target.dtype);
    }
    return target;
  };
}

/** By position or as `value` it may be a number; as `src` it's a tensor, and what is added always is. */
function sourceOf(given: Arguments, adds: boolean): PyTensor {
  const name = ['third', 'src', 'value'].find((each) => given.has(each)) ?? 'src';
  const isNumber = !(given.value(name) instanceof PyTensor) && plainNumber(given.value(name)) !== undefined;
  if (isNumber && (adds || name === 'src'))
    throw new RaisedError('TypeError', 'scatter() received an invalid combination of arguments');
  return given.tensor(name);
}

/** As much of a source as the index has. */
function cornerOf(source: PyTensor, shape: readonly number[]): Float64Array {
  if (source.rank !== shape.length || source.shape.some((length, axis) => length < shape[axis]!))
    throw new RaisedError(
      'RuntimeError',
      `Expected index [${shape}] to be smaller than src [${source.shape}]`,
    );
  return source.view(shape, source.strides).values();
}
