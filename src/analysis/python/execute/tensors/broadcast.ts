import { RaisedError } from '../run/endings.ts';
import { cast, checkShape, type DType, PyTensor, placesOf, shapeSize } from './tensor.ts';

/** The shape that both fit, each length 1 repeated. */
export function sharedShape(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const [one, other] = [a[a.length - i] ?? 1, b[b.length - i] ?? 1];
    if (one !== other && one !== 1 && other !== 1)
      throw new RaisedError('RuntimeError', `shapes (${a}) and (${b}) don't match`);
    shape[rank - i] = one === 1 ? other : one;
  }
  return checkShape(shape);
}

/** A view of a larger shape that repeats axes of length 1, and has new ones in front. */
export function expandedTo(tensor: PyTensor, shape: readonly number[]): PyTensor {
  const added = shape.length - tensor.rank;
  if (added < 0) throw new RaisedError('RuntimeError', `(${tensor.shape}) can't be expanded to (${shape})`);
  const strides = shape.map((length, axis) => {
    if (axis < added) return 0;
    const own = tensor.shape[axis - added]!;
    if (own === length) return tensor.strides[axis - added]!;
    if (own !== 1) throw new RaisedError('RuntimeError', `(${tensor.shape}) can't be expanded to (${shape})`);
    return 0;
  });
  checkShape(shape);
  return tensor.view(shape, strides);
}

/** Element by element, of two that are repeated to one shape. */
export function combine(
  a: PyTensor,
  b: PyTensor,
  dtype: DType,
  operation: (x: number, y: number) => number,
): PyTensor {
  const shape = sharedShape(a.shape, b.shape);
  const [left, right] = [expandedTo(a, shape), expandedTo(b, shape)];
  const [from, to] = [placesOf(left), placesOf(right)];
  const values = new Float64Array(shapeSize(shape));
  for (let i = 0; i < values.length; i++)
    values[i] = cast(operation(a.data[from[i]!]!, b.data[to[i]!]!), dtype);
  return new PyTensor(values, shape, dtype, a.library);
}

export function mapped(tensor: PyTensor, operation: (x: number) => number, dtype: DType = 'float'): PyTensor {
  const values = tensor.values();
  for (let i = 0; i < values.length; i++) values[i] = cast(operation(values[i]!), dtype);
  return tensor.like(values, tensor.shape, dtype);
}

/** Writes through a view; what is written is repeated to its shape. */
export function write(
  target: PyTensor,
  source: PyTensor,
  operation: (old: number, given: number) => number = (_, given) => given,
): void {
  const places = placesOf(target);
  // Taken first: source and target may look at the same memory.
  const values = expandedTo(trimmed(source, target.rank), target.shape).values();
  for (let i = 0; i < places.length; i++)
    target.data[places[i]!] = cast(operation(target.data[places[i]!]!, values[i]!), target.dtype);
}

/** Without axes of length 1 in front that the target doesn't have. */
function trimmed(tensor: PyTensor, rank: number): PyTensor {
  let { shape, strides } = tensor;
  while (shape.length > rank && shape[0] === 1) [shape, strides] = [shape.slice(1), strides.slice(1)];
  return tensor.view(shape, strides);
}
