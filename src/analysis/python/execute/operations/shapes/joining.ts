import { itemsOf, payForList, stacked } from '../../run/collections.ts';
import { RaisedError } from '../../run/endings.ts';
import { List, Tuple } from '../../run/values.ts';
import { taken } from '../../tensors/indexing.ts';
import { permuted, swapped } from '../../tensors/shapes.ts';
import { axisOf, checkShape, converted, PyTensor, promoted, shapeSize } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';

export function joinedAlong(given: Arguments): PyTensor {
  return concatenated(given.tensors('tensors'), given.int('dim', 0));
}

/** One behind the other along an axis; what is empty counts nothing. */
export function concatenated(all: readonly PyTensor[], along: number): PyTensor {
  const parts = all.filter(({ shape }) => !(shape.length === 1 && shape[0] === 0));
  const [first] = parts;
  if (!first) throw new RaisedError('RuntimeError', 'cat of nothing');
  const axis = axisOf(along, first.rank);
  const dtype = parts.reduce((type, part) => promoted(type, part.dtype), first.dtype);
  const fits = parts.every(
    ({ shape }) =>
      shape.length === first.rank && shape.every((length, i) => i === axis || length === first.shape[i]),
  );
  if (!fits) throw new RaisedError('RuntimeError', 'Sizes of tensors must match');
  // With the axis in front they stand one after the other.
  const moved = parts.map((part) => converted(swapped(part, 0, axis), dtype));
  const length = moved.reduce((sum, part) => sum + part.shape[0]!, 0);
  const shape = checkShape([length, ...moved[0]!.shape.slice(1)]);
  const values = new Float64Array(shapeSize(shape));
  let at = 0;
  for (const part of moved) {
    values.set(part.values(), at);
    at += part.size;
  }
  return swapped(new PyTensor(values, shape, dtype, first.library), 0, axis);
}

export function stackedAlong(given: Arguments): PyTensor {
  const all = stacked(given.run, given.tensors('tensors'));
  const axis = axisOf(given.int('dim', 0), all.rank);
  const order = all.shape.map((_, i) => i).slice(1);
  order.splice(axis, 0, 0);
  return permuted(all, order);
}

function pieces(given: Arguments, tensor: PyTensor, axis: number, lengths: readonly number[]): Tuple {
  payForList(given.run, lengths.length);
  given.run.spend(lengths.length);
  const before = new Array<null>(axis)
    .fill(null)
    .map(() => ({ by: 'slice', start: null, stop: null, step: 1 }) as const);
  let start = 0;
  return new Tuple(
    lengths.map((length) => {
      const from = start;
      start += length;
      return taken(tensor, [...before, { by: 'slice', start: from, stop: start, step: 1 }]);
    }),
  );
}

export function split(given: Arguments): Tuple {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim', 0), tensor.rank);
  const length = tensor.shape[axis] ?? 0;
  const value = given.value('size');
  if (value instanceof List || value instanceof Tuple)
    return pieces(given, tensor, axis, given.integers('size'));
  const each = given.int('size');
  if (each <= 0) throw new RaisedError('RuntimeError', 'split expects split_size be positive');
  return pieces(given, tensor, axis, lengthsOf(length, each));
}

function lengthsOf(length: number, each: number): number[] {
  return Array.from({ length: Math.ceil(length / each) }, (_, i) => Math.min(each, length - i * each));
}

export function chunked(given: Arguments): Tuple {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim', 0), tensor.rank);
  const length = tensor.shape[axis] ?? 0;
  const count = given.int('chunks');
  if (count <= 0) throw new RaisedError('RuntimeError', 'chunk expects chunks to be greater than 0');
  return pieces(given, tensor, axis, lengthsOf(length, Math.max(1, Math.ceil(length / count))));
}

export function unbound(given: Arguments): Tuple {
  const tensor = given.tensor('input');
  const moved = swapped(tensor, 0, given.int('dim', 0));
  return new Tuple(itemsOf(given.run, moved));
}
