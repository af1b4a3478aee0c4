import { RaisedError } from '../../run/endings.ts';
import { swapped } from '../../tensors/shapes.ts';
import { axisOf, cast, filled, type PyTensor } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';

export function fillDiagonal(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  if (tensor.rank !== 2) throw given.run.stop('unsupported', 'fill_diagonal_');
  const value = given.number('value');
  for (let i = 0; i < Math.min(...tensor.shape); i++)
    tensor.data[tensor.offset + i * (tensor.strides[0]! + tensor.strides[1]!)] = cast(value, tensor.dtype);
  return tensor;
}

export function diagonal(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  if (given.int('offset', 0) !== 0 || tensor.rank === 0 || tensor.rank > 2)
    throw given.run.stop('unsupported', 'diag');
  if (tensor.rank === 2)
    return tensor.view([Math.min(...tensor.shape)], [tensor.strides[0]! + tensor.strides[1]!]);
  const n = tensor.shape[0]!;
  const made = filled([n, n], 0, tensor.dtype, tensor.library);
  for (const [i, value] of tensor.values().entries()) made.data[i * (n + 1)] = value;
  return made;
}

/** A row of zeros with a one; of torch an index outside raises, elsewhere the row stays as it is. */
export function oneHotRows(given: Arguments): PyTensor {
  const index = given.tensor('input');
  if (given.library === 'torch' && index.dtype !== 'int')
    throw new RaisedError('RuntimeError', 'one_hot is only applicable to index tensor');
  const values = index.values();
  const given1 = given.has('classes') ? given.int('classes') : -1;
  const classes = given1 === -1 ? Math.max(-1, ...values) + 1 : given1;
  const axis = given.int('axis', -1);
  const dtype = given.dtype('dtype', given.library === 'torch' ? 'int' : 'float');
  const [on, off] = [given.number('on', 1), given.number('off', 0)];
  const made = filled([...index.shape, classes], off, dtype, given.library);
  for (const [i, value] of values.entries()) {
    if (Number.isInteger(value) && value >= 0 && value < classes)
      made.data[i * classes + value] = cast(on, dtype);
    else if (given.library === 'torch' || given.library === 'numpy')
      throw new RaisedError(
        given.library === 'torch' ? 'RuntimeError' : 'IndexError',
        'Class values must be non-negative and smaller than num_classes.',
      );
  }
  const rank = made.rank;
  return axisOf(axis, rank) === rank - 1 ? made : swappedTo(made, axisOf(axis, rank));
}

/** The last axis at another place. */
function swappedTo(tensor: PyTensor, axis: number): PyTensor {
  let moved = tensor;
  for (let i = tensor.rank - 1; i > axis; i--) moved = swapped(moved, i, i - 1);
  return moved;
}

export function triangle(lower: boolean) {
  return (given: Arguments): PyTensor => {
    const tensor = given.tensor('input');
    const shift = given.int('diagonal', 0);
    const [rows, columns] = [tensor.shape.at(-2) ?? 1, tensor.shape.at(-1) ?? 1];
    const values = tensor.values();
    for (let i = 0; i < values.length; i++) {
      const row = Math.floor(i / columns) % rows;
      const distance = (i % columns) - row - shift;
      if (lower ? distance > 0 : distance < 0) values[i] = 0;
    }
    return tensor.like(values);
  };
}
