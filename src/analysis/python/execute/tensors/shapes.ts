import { RaisedError } from '../run/endings.ts';
import { axisOf, checkShape, type PyTensor, shapeSize, stridesOf } from './tensor.ts';

/** True if its elements are in memory one after the other, in order of the shape. */
export function isContiguous({ shape, strides }: PyTensor): boolean {
  const plain = stridesOf(shape);
  return shape.every((length, axis) => length <= 1 || strides[axis] === plain[axis]);
}

/** Another shape of as many elements, one of them −1; a view where it can be one. */
export function reshaped(tensor: PyTensor, wanted: readonly number[]): PyTensor {
  const known = wanted.filter((length) => length !== -1).reduce((product, length) => product * length, 1);
  const open = wanted.filter((length) => length === -1).length;
  const shape = wanted.map((length) => (length === -1 ? tensor.size / known : length));
  if (open > 1 || shape.some((length) => !Number.isInteger(length)) || shapeSize(shape) !== tensor.size)
    throw new RaisedError('RuntimeError', `shape '[${wanted}]' is invalid for input of size ${tensor.size}`);
  checkShape(shape);
  if (isContiguous(tensor)) return tensor.view(shape, stridesOf(shape));
  const split = splitStrides(tensor, shape);
  return split ? tensor.view(shape, split) : tensor.like(tensor.values(), shape);
}

/** True if `view` of torch can have this shape without a copy. */
export function canView(tensor: PyTensor, shape: readonly number[]): boolean {
  return isContiguous(tensor) || splitStrides(tensor, shape) !== undefined;
}

/** Strides of a shape that differs in axes of length 1 only. */
function splitStrides({ shape, strides }: PyTensor, wanted: readonly number[]): number[] | undefined {
  const rest = shape
    .map((length, axis) => [length, strides[axis]!] as const)
    .filter(([length]) => length !== 1);
  const made: number[] = [];
  for (const length of wanted) {
    if (length === 1) made.push(0);
    else {
      const next = rest.shift();
      if (next?.[0] !== length) return undefined;
      made.push(next[1]);
    }
  }
  return made;
}

export function permuted(tensor: PyTensor, axes: readonly number[]): PyTensor {
  const order = axes.map((axis) => axisOf(axis, tensor.rank));
  if (new Set(order).size !== tensor.rank || order.length !== tensor.rank)
    throw new RaisedError('RuntimeError', 'axes of permute');
  return tensor.view(
    order.map((axis) => tensor.shape[axis]!),
    order.map((axis) => tensor.strides[axis]!),
  );
}

export function swapped(tensor: PyTensor, a: number, b: number): PyTensor {
  if (tensor.rank === 0) return tensor;
  const axes = tensor.shape.map((_, axis) => axis);
  const [one, other] = [axisOf(a, tensor.rank), axisOf(b, tensor.rank)];
  [axes[one], axes[other]] = [axes[other]!, axes[one]!];
  return permuted(tensor, axes);
}

export function unsqueezed(tensor: PyTensor, axis: number): PyTensor {
  const at = axisOf(axis, tensor.rank + 1);
  return tensor.view(
    [...tensor.shape.slice(0, at), 1, ...tensor.shape.slice(at)],
    [...tensor.strides.slice(0, at), 0, ...tensor.strides.slice(at)],
  );
}

/** Without its axes of length 1, or without these if they are. */
export function squeezed(tensor: PyTensor, axes: readonly number[] | null): PyTensor {
  const wanted = axes?.map((axis) => axisOf(axis, tensor.rank));
  const kept = tensor.shape.flatMap((length, axis) =>
    length === 1 && (!wanted || wanted.includes(axis)) ? [] : axis,
  );
  return tensor.view(
    kept.map((axis) => tensor.shape[axis]!),
    kept.map((axis) => tensor.strides[axis]!),
  );
}

/** Where a loop goes along one axis: `before` × `length` × `after`, in a copy in order of the shape. */
export function alongAxis(shape: readonly number[], axis: number) {
  const length = shape[axis] ?? 1;
  return { before: shapeSize(shape.slice(0, axis)), length, after: shapeSize(shape.slice(axis + 1)) };
}
