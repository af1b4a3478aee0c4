import { RaisedError } from '../run/endings.ts';
import type { PyValue } from '../run/values.ts';
import { combine, expandedTo, mapped } from '../tensors/broadcast.ts';
import { REDUCING, reducedAlong } from '../tensors/reductions.ts';
import { type DType, type PyTensor, placesOf } from '../tensors/tensor.ts';
import type { Arguments } from './arguments.ts';
import { keras, numpy, type OperationDefinition, torch } from './definition.ts';
import { softmaxAlong } from './reducing.ts';

type Function2 = (x: number, y: number) => number;

/** log(eˣ + eʸ) */
function logOfSum(x: number, y: number): number {
  const [larger, smaller] = x > y ? [x, y] : [y, x];
  return larger === Number.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(smaller - larger));
}

/** Of two, element by element. */
const PAIRS: readonly (readonly [names: string, compute: Function2, dtype: DType])[] = [
  [
    'torch.xlogy .torch.xlogy tf.xlogy jax.scipy.special.xlogy scipy.special.xlogy',
    (x, y) => (x === 0 ? 0 : x * Math.log(y)),
    'float',
  ],
  ['tf.xdivy', (x, y) => (x === 0 ? 0 : x / y), 'float'],
  ['tf.multiply_no_nan', (x, y) => (y === 0 ? 0 : x * y), 'float'],
  ['tf.squared_difference ops.squared_difference', (x, y) => (x - y) ** 2, 'float'],
  [`${torch('logaddexp')} np.logaddexp ops.logaddexp`, logOfSum, 'float'],
  [
    `${torch('logical_xor')} np.logical_xor ${keras('logical_xor')}`,
    (x, y) => Number((x !== 0) !== (y !== 0)),
    'bool',
  ],
  [
    `${torch('isclose')} np.isclose ops.isclose`,
    (x, y) => Number(Math.abs(x - y) <= 1e-8 + 1e-5 * Math.abs(y)),
    'bool',
  ],
];

/** Halves go to the even side, as Python has it. */
function roundHalfEven(x: number): number {
  const whole = Math.round(x);
  return Math.abs(x % 1) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
}

function rounded(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const scale = 10 ** given.int('decimals', 0);
  return mapped(tensor, (x) => roundHalfEven(x * scale) / scale, tensor.dtype);
}

function withoutNaN(given: Arguments): PyTensor {
  const most = Number.MAX_VALUE;
  const value = given.number('nan', 0);
  const [above, below] = [given.number('posinf', most), given.number('neginf', -most)];
  return mapped(given.tensor('input'), (x) =>
    Number.isNaN(x)
      ? value
      : x === Number.POSITIVE_INFINITY
        ? above
        : x === Number.NEGATIVE_INFINITY
          ? below
          : x,
  );
}

/** Adds to places that indices point at, along one axis. */
function indexAdded(copies: boolean) {
  return (given: Arguments): PyTensor => {
    const own = given.tensor('input');
    const target = copies ? own.like(own.values()) : own;
    const axis = given.int('dim');
    const index = given.tensor('index');
    const factor = given.number('alpha', 1);
    const source = given.tensor('src').values();
    const at = axis < 0 ? axis + target.rank : axis;
    const shape = target.shape.map((length, i) => (i === at ? index.size : length));
    const places = placesOf(
      target.view(
        shape,
        target.strides.map((stride, i) => (i === at ? 0 : stride)),
      ),
    );
    const rows = index.values();
    const after = shape.slice(at + 1).reduce((size, length) => size * length, 1);
    if (source.length !== places.length) throw new RaisedError('RuntimeError', 'index_add: sizes differ');
    for (const [i, place] of places.entries()) {
      const row = rows[Math.floor(i / after) % rows.length]!;
      if (row < 0 || row >= target.shape[at]!) throw new RaisedError('IndexError', 'index out of range');
      target.data[place + row * target.strides[at]!]! += factor * source[i]!;
    }
    return target;
  };
}

/** `tf.compat.v1.losses.softmax_cross_entropy`: the mean of rows whose weight isn't 0. */
function oldSoftmaxLoss(given: Arguments): PyValue {
  const [z, hot] = [given.tensor('logits'), given.tensor('onehot_labels')];
  const alpha = given.number('label_smoothing', 0);
  if (given.has('scope') || given.has('reduction')) return given.run.unknown('reduction', 'unsupported');
  const classes = z.shape.at(-1)!;
  const soft = mapped(hot, (q) => q * (1 - alpha) + alpha / classes);
  const costs = combine(softmaxAlong(z, -1, true), soft, 'float', (x, q) => -x * q);
  const rows = reducedAlong(costs, [-1], false, REDUCING.sum, 'float');
  const weights = given.has('weights') ? expandedTo(given.tensor('weights'), rows.shape) : null;
  const all = weights ? combine(rows, weights, 'float', (x, w) => x * w) : rows;
  const count = weights ? weights.values().filter((w) => w !== 0).length : rows.size;
  return mapped(reducedAlong(all, null, false, REDUCING.sum, 'float'), (sum) =>
    count === 0 ? 0 : sum / count,
  );
}

export const PAIRED: readonly OperationDefinition[] = [
  ...PAIRS.map(
    ([names, compute, dtype]): OperationDefinition => [
      names,
      'input|x|a|x1, other|y|b|x2',
      (given) => combine(given.tensor('input'), given.tensor('other'), dtype, compute),
    ],
  ),
  [`${torch('round')} ${numpy('round')} np.around ${keras('round')}`, 'input|x|a, decimals=None', rounded],
  [
    `${torch('nan_to_num')} np.nan_to_num ops.nan_to_num`,
    'input|x, nan=None, posinf=None, neginf=None',
    withoutNaN,
  ],
  ['torch.index_add .torch.index_add', 'input, dim, index, src|source, alpha=None', indexAdded(true)],
  ['.torch.index_add_', 'input, dim, index, src|source, alpha=None', indexAdded(false)],
  [
    'tf.losses.softmax_cross_entropy',
    'onehot_labels, logits, weights=None, label_smoothing=None, scope=None, loss_collection=None, reduction=None',
    oldSoftmaxLoss,
  ],
];
