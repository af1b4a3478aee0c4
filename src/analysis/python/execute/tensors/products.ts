import { RaisedError } from '../run/endings.ts';
import { expandedTo, sharedShape } from './broadcast.ts';
import { squeezed, unsqueezed } from './shapes.ts';
import { checkShape, PyTensor, promoted, shapeSize } from './tensor.ts';

/** Matrix product of the last two axes; vectors are rows on the left, columns on the right. */
export function product(a: PyTensor, b: PyTensor): PyTensor {
  if (a.rank === 0 || b.rank === 0) throw new RaisedError('RuntimeError', 'matmul of scalars');
  if (a.rank === 1) return squeezed(product(unsqueezed(a, 0), b), [b.rank === 1 ? 0 : -2]);
  if (b.rank === 1) return squeezed(product(a, unsqueezed(b, -1)), [-1]);
  const [n, k] = [a.shape.at(-2)!, a.shape.at(-1)!];
  const [other, m] = [b.shape.at(-2)!, b.shape.at(-1)!];
  if (k !== other)
    throw new RaisedError(
      'RuntimeError',
      `mat1 and mat2 shapes cannot be multiplied (${a.shape} and ${b.shape})`,
    );
  const batch = sharedShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const left = expandedTo(a, [...batch, n, k]).values();
  const right = expandedTo(b, [...batch, k, m]).values();
  const shape = checkShape([...batch, n, m]);
  checkShape([shapeSize(shape), k]);
  const values = new Float64Array(shapeSize(shape));
  for (let i = 0; i < values.length; i++) {
    const [row, column] = [Math.floor(i / m), i % m];
    const block = Math.floor(row / n);
    let sum = 0;
    for (let j = 0; j < k; j++) sum += left[row * k + j]! * right[(block * k + j) * m + column]!;
    values[i] = sum;
  }
  return new PyTensor(values, shape, promoted(a.dtype, b.dtype), a.library);
}
