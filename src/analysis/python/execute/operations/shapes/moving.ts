import { RaisedError } from '../../run/endings.ts';
import type { PyValue } from '../../run/values.ts';
import { taken } from '../../tensors/indexing.ts';
import { reshaped, unsqueezed } from '../../tensors/shapes.ts';
import { axisOf, filled, PyTensor } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';
import { type OperationDefinition, torch } from '../definition.ts';
import { concatenated } from './joining.ts';

/** In reverse along some axes, or along all: a copy. */
function flipped(tensor: PyTensor, axes: readonly number[] | null): PyTensor {
  const strides = [...tensor.strides];
  let { offset } = tensor;
  for (const axis of new Set(axes?.map((each) => axisOf(each, tensor.rank)) ?? strides.keys())) {
    offset += (tensor.shape[axis]! - 1) * strides[axis]!;
    strides[axis] = -strides[axis]!;
  }
  if (tensor.size === 0) return tensor;
  return tensor.like(tensor.view(tensor.shape, strides, offset).values());
}

/** What leaves at the end comes in at the start. */
function rolled(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  const [shift, ...more] = given.integers('shifts');
  const axes = given.axes('dim');
  if (shift === undefined || more.length > 0 || (axes && axes.length > 1))
    return given.run.unknown('roll', 'unsupported');
  const flat = axes ? tensor : reshaped(tensor, [-1]);
  const axis = axes ? axisOf(axes[0]!, tensor.rank) : 0;
  const length = flat.shape[axis] ?? 1;
  const order = Float64Array.from({ length }, (_, i) => (((i - shift) % length) + length) % length);
  const index = new PyTensor(order, [length], 'int', tensor.library);
  return reshaped(taken(flat, [...whole(axis), { by: 'tensor', tensor: index }]), tensor.shape);
}

function whole(axes: number) {
  return Array.from({ length: axes }, () => ({ by: 'slice', start: null, stop: null, step: 1 }) as const);
}

function narrowed(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim'), tensor.rank);
  const start = given.int('start');
  const stop = start + given.int('length');
  if (start < 0 || stop > tensor.shape[axis]!)
    throw new RaisedError('RuntimeError', 'start + length exceeds dimension size');
  return taken(tensor, [...whole(axis), { by: 'slice', start, stop, step: 1 }]);
}

function selectedAt(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim'), tensor.rank);
  return taken(tensor, [...whole(axis), { by: 'at', index: given.int('index') }]);
}

/** `hstack` puts rows side by side, `vstack` below each other. */
function beside(isUpright: boolean) {
  return (given: Arguments): PyTensor => {
    const parts = given.tensors('tensors');
    const rows = isUpright ? parts.map((part) => (part.rank < 2 ? unsqueezed(part, 0) : part)) : parts;
    return concatenated(rows, isUpright || rows[0]?.rank === 1 ? 0 : 1);
  };
}

/** Of each length so many ones, then zeros: which tokens are there. */
function sequenceMask(given: Arguments): PyTensor {
  const lengths = given.tensor('lengths');
  const values = lengths.values();
  const most = given.has('maxlen') ? given.tensor('maxlen').item() : Math.max(0, ...values);
  const mask = filled([...lengths.shape, most], 0, given.dtype('dtype', 'bool'), given.library);
  for (const [i, length] of values.entries())
    for (let j = 0; j < Math.min(length, most); j++) mask.data[i * most + j] = 1;
  return mask;
}

function spaced(given: Arguments): PyTensor {
  const [from, to, count] = [given.number('start'), given.number('stop'), given.int('num', 50)];
  const made = filled([count], 0, 'float', given.library);
  for (let i = 0; i < count; i++) made.data[i] = count === 1 ? from : from + ((to - from) * i) / (count - 1);
  return made;
}

export const MOVING: readonly OperationDefinition[] = [
  [
    `${torch('flip')} np.flip tf.reverse ops.flip K.reverse`,
    'input|m|x|tensor, *dim|dims|axis|axes',
    (given) => flipped(given.tensor('input'), given.axes('dim')),
  ],
  ['torch.fliplr np.fliplr', 'input|m', (given) => flipped(given.tensor('input'), [1])],
  ['torch.flipud np.flipud', 'input|m', (given) => flipped(given.tensor('input'), [0])],
  [`${torch('roll')} np.roll tf.roll ops.roll`, 'input|a|x, shifts|shift, dim|dims|axis=None', rolled],
  [torch('narrow'), 'input, dim, start, length', narrowed],
  [torch('select'), 'input, dim, index', selectedAt],
  ['torch.hstack np.hstack ops.hstack', 'tensors|tup|xs', beside(false)],
  ['torch.vstack np.vstack ops.vstack', 'tensors|tup|xs', beside(true)],
  ['tf.sequence_mask', 'lengths, maxlen=None, dtype=None', sequenceMask],
  [
    'torch.linspace np.linspace tf.linspace ops.linspace',
    'start, stop|end, num|steps=None, dtype=None',
    spaced,
  ],
  ['np.atleast_2d', 'input', (given) => atLeastTwo(given.tensor('input'))],
];

function atLeastTwo(tensor: PyTensor): PyTensor {
  return tensor.rank >= 2 ? tensor : tensor.rank === 1 ? unsqueezed(tensor, 0) : reshaped(tensor, [1, 1]);
}
