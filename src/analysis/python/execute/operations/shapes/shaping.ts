import { asTensor, itemsOf, plainNumber } from '../../run/collections.ts';
import { RaisedError } from '../../run/endings.ts';
import type { PythonRun } from '../../run/run.ts';
import { Int, List, type PyValue, Tuple } from '../../run/values.ts';
import { expandedTo } from '../../tensors/broadcast.ts';
import { product } from '../../tensors/products.ts';
import {
  canView,
  isContiguous,
  permuted,
  reshaped,
  squeezed,
  swapped,
  unsqueezed,
} from '../../tensors/shapes.ts';
import { axisOf, cast, checkShape, PyTensor, placesOf, promoted, shapeSize } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';
import { keras, numpy, type OperationDefinition, torch } from '../definition.ts';
import { chunked, joinedAlong, split, stackedAlong, unbound } from './joining.ts';

function shapeOf({ shape }: PyTensor): Tuple {
  return new Tuple(shape.map((length) => new Int(length)));
}

export function size(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  if (!given.has('dim')) return shapeOf(tensor);
  return new Int(tensor.shape[axisOf(given.int('dim'), tensor.rank)] ?? 1);
}

/** `view` refuses what `reshape` would have to copy. */
function view(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const wanted = shapeGiven(given);
  const made = reshaped(tensor, wanted);
  if (!canView(tensor, made.shape))
    throw new RaisedError('RuntimeError', 'view size is not compatible with input tensor');
  return made;
}

function shapeGiven(given: Arguments): number[] {
  const value = given.value('shape');
  const other = value instanceof Tuple ? value.items[0] : value;
  return other instanceof PyTensor && given.has('other') ? [...other.shape] : given.integers('shape');
}

function flattened(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  if (tensor.rank === 0) return reshaped(tensor, [1]);
  const from = axisOf(given.int('start_dim', 0), tensor.rank);
  const to = axisOf(given.int('end_dim', -1), tensor.rank);
  const middle = shapeSize(tensor.shape.slice(from, to + 1));
  return reshaped(tensor, [...tensor.shape.slice(0, from), middle, ...tensor.shape.slice(to + 1)]);
}

function expanded(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const wanted = given.integers('size');
  const added = wanted.length - tensor.rank;
  return expandedTo(
    tensor,
    wanted.map((length, axis) => (length === -1 ? (tensor.shape[axis - added] ?? 1) : length)),
  );
}

function tiled(tensor: PyTensor, times: readonly number[]): PyTensor {
  const rank = Math.max(tensor.rank, times.length);
  const shape = [...new Array<number>(rank - tensor.rank).fill(1), ...tensor.shape];
  const repeats = [...new Array<number>(rank - times.length).fill(1), ...times];
  const wide = checkShape(shape.map((length, axis) => length * repeats[axis]!));
  // Each axis as two, of which the first is repeated.
  const split = reshaped(
    tensor,
    shape.flatMap((length) => [1, length]),
  );
  const both = shape.flatMap((length, axis) => [repeats[axis]!, length]);
  if (both.length > 8) throw new RaisedError('RuntimeError', 'too many axes');
  return tensor.like(expandedTo(split, both).values(), wide);
}

function repeatedInterleaved(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const times = given.int('repeats');
  const flat = given.has('dim') ? tensor : reshaped(tensor, [-1]);
  const axis = axisOf(given.int('dim', 0), flat.rank);
  const at = unsqueezed(flat, axis + 1);
  const wide = expandedTo(
    at,
    at.shape.map((length, i) => (i === axis + 1 ? times : length)),
  );
  const shape = flat.shape.map((length, i) => (i === axis ? length * times : length));
  return flat.like(wide.values(), checkShape(shape));
}

function axesGiven(given: Arguments): number[] | null {
  return given.has('dim') ? given.integers('dim') : null;
}

function transposed(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const axes = axesGiven(given);
  return permuted(tensor, axes ?? tensor.shape.map((_, axis) => axis).reverse());
}

/** It keeps its memory, and is looked at in another way from now on: not executed. */
function reshapedInPlace(make: (given: Arguments) => PyTensor) {
  return (given: Arguments): PyValue => {
    const made = make(given);
    if (String(made.shape) === String(given.tensor('input').shape)) return made;
    throw given.run.stop('unsupported', 'a shape that changes in place');
  };
}

function same(given: Arguments): PyValue {
  return given.value('input');
}

function cloned(given: Arguments, shape?: readonly number[]): PyTensor {
  const tensor = given.tensor('input');
  return tensor.like(tensor.values(), shape);
}

function ranged(given: Arguments): PyValue {
  return new Int(given.tensor('input').rank);
}

function listed(run: PythonRun, tensor: PyTensor): PyValue {
  if (tensor.rank > 0) return new List(itemsOf(run, tensor).map((item) => listed(run, item as PyTensor)));
  const value = tensor.item();
  return tensor.dtype === 'float' ? value : tensor.dtype === 'bool' ? value !== 0 : new Int(value);
}

/** Sums of products by letters: `nk,nk->n`. */
function einsum(given: Arguments): PyValue {
  const [rule, ...rest] = (given.value('operands') as Tuple).items;
  if (typeof rule !== 'string') return given.run.unknown('einsum', 'unsupported');
  const [inputs = '', output] = rule.replaceAll(' ', '').split('->');
  const parts = inputs.split(',');
  const tensors = rest.map((each) => asTensor(given.run, each, given.library));
  if (
    output === undefined ||
    parts.length !== 2 ||
    rule.includes('.') ||
    tensors.length !== 2 ||
    tensors.some((each) => !each)
  )
    return given.run.unknown('einsum', 'unsupported');
  const letters = [...new Set([...output, ...inputs.replaceAll(',', '')])];
  const aligned = parts.map((part, i) => {
    const tensor = tensors[i]!;
    const order = [...letters]
      .filter((letter) => part.includes(letter))
      .map((letter) => part.indexOf(letter));
    let moved = permuted(tensor, order);
    for (const [axis, letter] of letters.entries())
      if (!part.includes(letter)) moved = unsqueezed(moved, axis);
    return moved;
  });
  const [a, b] = aligned as [PyTensor, PyTensor];
  const shape = letters.map((_, axis) => Math.max(a.shape[axis]!, b.shape[axis]!));
  checkShape(shape);
  const [x, y] = [expandedTo(a, shape).values(), expandedTo(b, shape).values()];
  const kept = shapeSize(shape.slice(0, output.length));
  const summed = shapeSize(shape.slice(output.length));
  const values = new Float64Array(kept);
  for (let i = 0; i < x.length; i++) values[Math.floor(i / summed)]! += x[i]! * y[i]!;
  return new PyTensor(values, shape.slice(0, output.length), promoted(a.dtype, b.dtype), a.library);
}

/** Each number becomes what a function makes of it, where it is. */
function applied(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  const { run } = given;
  run.spend(tensor.size);
  for (const place of placesOf(tensor)) {
    const x = tensor.data[place]!;
    const value = run.call(given.value('callable'), [tensor.dtype === 'float' ? x : new Int(x)], new Map());
    const made = plainNumber(value);
    if (made === undefined) return run.unknown('apply_', 'unsupported');
    tensor.data[place] = cast(made, tensor.dtype);
  }
  return tensor;
}

const A = 'input|x|a|tensor';

const DIM = 'dim|axis=None';

export const SHAPING: readonly OperationDefinition[] = [
  ['.torch.size', 'input, dim=None', size],
  [
    `${keras('shape')} K.int_shape np.shape .tensorflow.get_shape`,
    `${A}, out_type=None`,
    (given) => shapeOf(given.tensor('input')),
  ],
  ['.torch.dim .torch.ndimension torch.dim tf.rank np.ndim K.ndim ops.ndim', A, ranged],
  [
    '.torch.numel .torch.nelement torch.numel tf.size np.size ops.size',
    A,
    (given) => new Int(given.tensor('input').size),
  ],
  ['.torch.view', 'input, *shape', (given) => view(given)],
  ['.torch.view_as', 'input, other', (given) => reshaped(given.tensor('input'), given.tensor('other').shape)],
  [
    '.torch.reshape_as',
    'input, other',
    (given) => reshaped(given.tensor('input'), given.tensor('other').shape),
  ],
  [
    '.torch.reshape .numpy.reshape',
    'input, *shape',
    (given) => reshaped(given.tensor('input'), given.integers('shape')),
  ],
  [
    `torch.reshape np.reshape ${keras('reshape')}`,
    'input|x|a|tensor, shape|newshape',
    (given) => reshaped(given.tensor('input'), given.integers('shape')),
  ],
  [torch('flatten'), 'input, start_dim=None, end_dim=None', flattened],
  [
    '.numpy.ravel np.ravel torch.ravel .torch.ravel K.flatten',
    A,
    (given) => reshaped(given.tensor('input'), [-1]),
  ],
  [
    `${torch('squeeze')} ${numpy('squeeze')} ${keras('squeeze')}`,
    `${A}, ${DIM}`,
    (given) => squeezed(given.tensor('input'), axesGiven(given)),
  ],
  [
    `${torch('unsqueeze')} np.expand_dims ${keras('expand_dims')}`,
    `${A}, dim|axis=None`,
    (given) => unsqueezed(given.tensor('input'), given.int('dim', -1)),
  ],
  [
    '.torch.squeeze_',
    `${A}, ${DIM}`,
    reshapedInPlace((given) => squeezed(given.tensor('input'), axesGiven(given))),
  ],
  [
    '.torch.unsqueeze_',
    `${A}, dim`,
    reshapedInPlace((given) => unsqueezed(given.tensor('input'), given.int('dim'))),
  ],
  ['.torch.expand', 'input, *size', expanded],
  [
    'torch.broadcast_to np.broadcast_to tf.broadcast_to ops.broadcast_to',
    'input|array|x, size|shape',
    expanded,
  ],
  [
    '.torch.expand_as',
    'input, other',
    (given) => expandedTo(given.tensor('input'), given.tensor('other').shape),
  ],
  ['.torch.repeat', 'input, *repeats', (given) => tiled(given.tensor('input'), given.integers('repeats'))],
  [
    `torch.tile np.tile ${keras('tile')}`,
    'input|A|x|a, repeats|dims|reps|multiples|n',
    (given) => tiled(given.tensor('input'), given.integers('repeats')),
  ],
  [
    `${torch('repeat_interleave')} ${numpy('repeat')} tf.repeat ops.repeat`,
    `${A}, repeats, ${DIM}`,
    repeatedInterleaved,
  ],
  [
    'torch.cat torch.concat torch.concatenate np.concatenate tf.concat ops.concatenate K.concatenate',
    'tensors|arrays|values|xs, dim|axis=None',
    joinedAlong,
  ],
  ['torch.stack np.stack tf.stack ops.stack K.stack', 'tensors|arrays|values|x, dim|axis=None', stackedAlong],
  [torch('split'), 'input, size|split_size_or_sections|split_size, dim=None', split],
  [torch('chunk'), 'input, chunks, dim=None', chunked],
  [`${torch('unbind')} tf.unstack`, `${A}, ${DIM}`, unbound],
  ['.torch.permute', 'input, *dim|dims', transposed],
  ['torch.permute .numpy.transpose', 'input, *dim', transposed],
  [`np.transpose ${keras('transpose permute_dimensions')}`, `${A}, dim|axes|perm|pattern=None`, transposed],
  [
    `${torch('transpose swapaxes')} np.swapaxes`,
    `${A}, dim0|axis0|axis1, dim1|axis2`,
    (given) => swapped(given.tensor('input'), given.int('dim0'), given.int('dim1')),
  ],
  [
    torch('t'),
    'input',
    (given) =>
      given.tensor('input').rank < 2 ? given.tensor('input') : swapped(given.tensor('input'), 0, 1),
  ],
  [
    `${torch('matmul mm bmm mv dot')} np.matmul np.dot .numpy.dot ${keras('matmul dot')}`,
    `${A}, other|b|mat2|y|x2|tensor2`,
    (given) => product(given.tensor('input'), given.tensor('other')),
  ],
  [
    `torch.outer torch.ger np.outer`,
    'input|a, other|b',
    (given) => product(unsqueezed(given.tensor('input'), 1), unsqueezed(given.tensor('other'), 0)),
  ],
  ['torch.einsum np.einsum tf.einsum ops.einsum', '*operands', einsum],
  ['.numpy.flatten', 'input', (given) => cloned(given, [given.tensor('input').size])],
  [
    '.torch.contiguous np.ascontiguousarray',
    `${A}, memory_format=None, dtype=None`,
    // A copy only of what isn't yet: of rows that are one and the same each gets its own.
    (given) => (isContiguous(given.tensor('input')) ? given.tensor('input') : cloned(given)),
  ],
  [
    '.torch.clone torch.clone .numpy.copy np.copy ops.copy',
    `${A}, memory_format=None`,
    (given) => cloned(given),
  ],
  [
    '.torch.cpu .torch.requires_grad_ .torch.retain_grad .numpy.numpy tf.identity .numpy.block_until_ready',
    `${A}, requires_grad=None`,
    same,
  ],
  [
    '.torch.detach .torch.detach_ torch.detach .torch.numpy .tensorflow.numpy tf.stop_gradient K.stop_gradient ops.stop_gradient lax.stop_gradient',
    A,
    (given) => given.run.cut(given.tensor('input')),
  ],
  [
    '.torch.item .numpy.item',
    A,
    (given) => {
      const tensor = given.run.cut(given.tensor('input'));
      tensor.item();
      return listed(given.run, reshaped(tensor, []));
    },
  ],
  ['.torch.tolist .numpy.tolist', A, (given) => listed(given.run, given.run.cut(given.tensor('input')))],
  ['.torch.backward', 'input', () => null],
  ['.torch.apply_', 'input, callable', applied],
];
