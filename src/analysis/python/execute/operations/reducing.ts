import { type PyValue, Tuple } from '../run/values.ts';
import { combine, mapped } from '../tensors/broadcast.ts';
import { REDUCING, type Reducing, reducedAlong } from '../tensors/reductions.ts';
import { alongAxis } from '../tensors/shapes.ts';
import { axisOf, type DType, type PyTensor, promoted } from '../tensors/tensor.ts';
import type { Arguments } from './arguments.ts';
import { keras, numpy, type OperationDefinition, torch } from './definition.ts';

/** Sums of integers and of truth values are integers. */
function summed(reduce: Reducing) {
  return (given: Arguments) => {
    const tensor = given.tensor('input');
    const dtype = given.dtype('dtype', promoted(tensor.dtype, 'int'));
    return over(given, tensor, reduce, dtype);
  };
}

function floats(reduce: Reducing) {
  return (given: Arguments) => {
    const tensor = given.tensor('input');
    // torch refuses the mean of integers, the others make floats of them; tf.reduce_mean divides them as integers.
    if (
      tensor.dtype !== 'float' &&
      reduce === REDUCING.mean &&
      given.library !== 'numpy' &&
      given.library !== 'jax'
    )
      throw given.run.stop('unsupported', 'mean of integers');
    return over(given, tensor, reduce, 'float');
  };
}

function same(reduce: Reducing, dtype: DType | null) {
  return (given: Arguments) => {
    const tensor = given.tensor('input');
    return over(given, tensor, reduce, dtype ?? tensor.dtype);
  };
}

function over(given: Arguments, tensor: PyTensor, reduce: Reducing, dtype: DType): PyTensor {
  given.run.spend(tensor.size / 16);
  return reducedAlong(tensor, given.axes('dim'), given.flag('keep'), reduce, dtype);
}

/** `max` of torch: of all, of two, or along an axis with the indices. */
function extreme(value: Reducing, index: Reducing, larger: (x: number, y: number) => number) {
  return (given: Arguments): PyValue => {
    const tensor = given.tensor('input');
    const second = given.value('dim');
    if (second !== null && typeof second === 'object' && 'shape' in second) {
      const other = given.tensor('dim');
      return combine(tensor, other, promoted(tensor.dtype, other.dtype), larger);
    }
    if (second === null) return reducedAlong(tensor, null, false, value, tensor.dtype);
    const axes = given.axes('dim');
    const keep = given.flag('keep');
    return new Tuple(
      [reducedAlong(tensor, axes, keep, value, tensor.dtype), reducedAlong(tensor, axes, keep, index, 'int')],
      ['values', 'indices'],
    );
  };
}

/** Each number less the logarithm of the sum of all along the axis; or that as probabilities. */
export function softmaxAlong(tensor: PyTensor, axis: number, logarithmic: boolean): PyTensor {
  const { before, length, after } = alongAxis(tensor.shape, axisOf(axis, tensor.rank));
  const values = tensor.values();
  const row = new Float64Array(length);
  for (let i = 0; i < before; i++) {
    for (let j = 0; j < after; j++) {
      const start = i * length * after + j;
      for (let k = 0; k < length; k++) row[k] = values[start + k * after]!;
      const sum = length > 0 ? REDUCING.logsumexp(row) : 0;
      for (let k = 0; k < length; k++)
        values[start + k * after] = logarithmic ? row[k]! - sum : Math.exp(row[k]! - sum);
    }
  }
  return tensor.like(values, tensor.shape, 'float');
}

function softmax(logarithmic: boolean) {
  return (given: Arguments) => {
    const tensor = given.tensor('input');
    if (tensor.dtype !== 'float' && given.library !== 'numpy')
      throw given.run.stop('unsupported', 'softmax of integers');
    given.run.spend(tensor.size / 4);
    // Without an axis torch takes the second of a table, the others take the last.
    const axis = given.library === 'torch' && tensor.rank !== 1 && tensor.rank !== 2 ? 'dim' : null;
    if (axis && !given.has('dim')) throw given.run.stop('unsupported', 'softmax without dim');
    return softmaxAlong(tensor, given.int('dim', -1), logarithmic);
  };
}

function cumulated(add: (sum: number, x: number) => number) {
  return (given: Arguments): PyTensor => {
    const tensor = given.tensor('input');
    const axis = axisOf(given.int('dim', tensor.rank === 1 ? 0 : undefined), tensor.rank);
    const { before, length, after } = alongAxis(tensor.shape, axis);
    const values = tensor.values();
    for (let i = 0; i < before; i++)
      for (let k = 1; k < length; k++)
        for (let j = 0; j < after; j++) {
          const at = (i * length + k) * after + j;
          values[at] = add(values[at - after]!, values[at]!);
        }
    return tensor.like(values, tensor.shape, promoted(tensor.dtype, 'int'));
  };
}

function normOf(given: Arguments): PyTensor {
  const p = given.has('p') ? given.number('p') : 2;
  const tensor = given.tensor('input');
  const powers = mapped(tensor, (x) => Math.abs(x) ** p);
  const sum = reducedAlong(powers, given.axes('dim'), given.flag('keep'), REDUCING.sum, 'float');
  return mapped(sum, (x) => x ** (1 / p));
}

function normalized(given: Arguments): PyTensor {
  const p = given.number('p', 2);
  const tensor = given.tensor('input');
  const sum = reducedAlong(
    mapped(tensor, (x) => Math.abs(x) ** p),
    [given.int('dim', 1)],
    true,
    REDUCING.sum,
    'float',
  );
  const eps = given.number('eps', 1e-12);
  return combine(
    tensor,
    mapped(sum, (x) => Math.max(eps, x ** (1 / p))),
    'float',
    (x, y) => x / y,
  );
}

function variance(root: boolean, unbiased: boolean) {
  return (given: Arguments) => {
    const sample = given.has('unbiased') ? given.flag('unbiased') : unbiased;
    const tensor = over(
      given,
      given.tensor('input'),
      sample ? REDUCING.sampleVariance : REDUCING.variance,
      'float',
    );
    return root ? mapped(tensor, Math.sqrt) : tensor;
  };
}

/** torch, TensorFlow, Keras: where the axis comes second, then whether it stays. */
const T = 'input|x|input_tensor|self, dim|axis=None, keep|keepdim|keepdims|keep_dims=None, dtype=None';
/** NumPy and JAX */
const N = 'input|a, dim|axis=None, dtype=None, out=None, keep|keepdims=None, where=None';
const N_MAX = 'input|a, dim|axis=None, out=None, keep|keepdims=None';

function tf(names: string): string {
  return names
    .split(' ')
    .map((name) => `tf.reduce_${name} tf.math.reduce_${name} ops.${name} K.${name}`)
    .join(' ');
}

export const REDUCTIONS: readonly OperationDefinition[] = [
  [`${torch('sum')} ${tf('sum')}`, T, summed(REDUCING.sum)],
  [numpy('sum'), N, summed(REDUCING.sum)],
  [`${torch('mean')} ${tf('mean')}`, T, floats(REDUCING.mean)],
  [numpy('mean'), N, floats(REDUCING.mean)],
  [`${torch('prod')} ${tf('prod')}`, T, summed(REDUCING.prod)],
  [numpy('prod'), N, summed(REDUCING.prod)],
  [
    torch('max'),
    'input, dim|axis|other=None, keep|keepdim|keepdims=None',
    extreme(REDUCING.max, REDUCING.argmax, Math.max),
  ],
  [
    torch('min'),
    'input, dim|axis|other=None, keep|keepdim|keepdims=None',
    extreme(REDUCING.min, REDUCING.argmin, Math.min),
  ],
  [`${torch('amax')} ${tf('max')}`, T, same(REDUCING.max, null)],
  [`${torch('amin')} ${tf('min')}`, T, same(REDUCING.min, null)],
  [numpy('max amax'), N_MAX, same(REDUCING.max, null)],
  [numpy('min amin'), N_MAX, same(REDUCING.min, null)],
  [`${torch('argmax')} tf.argmax ops.argmax K.argmax`, T, same(REDUCING.argmax, 'int')],
  [numpy('argmax'), N_MAX, same(REDUCING.argmax, 'int')],
  [`${torch('argmin')} tf.argmin ops.argmin`, T, same(REDUCING.argmin, 'int')],
  [`${torch('any')} ${tf('any')}`, T, same(REDUCING.any, 'bool')],
  [`${torch('all')} ${tf('all')}`, T, same(REDUCING.all, 'bool')],
  [numpy('any'), N_MAX, same(REDUCING.any, 'bool')],
  [numpy('all'), N_MAX, same(REDUCING.all, 'bool')],
  [
    `${torch('logsumexp')} ${tf('logsumexp')} jnn.logsumexp jax.scipy.special.logsumexp scipy.special.logsumexp`,
    'input|a|x|input_tensor, dim|axis=None, keep|keepdim|keepdims=None',
    floats(REDUCING.logsumexp),
  ],
  [
    '.torch.count_nonzero torch.count_nonzero np.count_nonzero tf.count_nonzero ops.count_nonzero',
    T,
    same(REDUCING.countNonzero, 'int'),
  ],
  [torch('std'), 'input, dim=None, unbiased|correction=None, keep|keepdim=None', variance(true, true)],
  [torch('var'), 'input, dim=None, unbiased|correction=None, keep|keepdim=None', variance(false, true)],
  [numpy('std'), N, variance(true, false)],
  [numpy('var'), N, variance(false, false)],
  [torch('norm'), 'input, p=None, dim=None, keep|keepdim=None', normOf],
  ['F.normalize', 'input, p=None, dim=None, eps=None', normalized],
  [
    `F.log_softmax ${torch('log_softmax')} tf.log_softmax ops.log_softmax jnn.log_softmax scipy.special.log_softmax`,
    'input|x|logits, dim|axis=None, dtype=None',
    softmax(true),
  ],
  [
    `F.softmax ${torch('softmax')} ${keras('softmax')} tf.keras.activations.softmax jnn.softmax scipy.special.softmax`,
    'input|x|logits, dim|axis=None, dtype=None',
    softmax(false),
  ],
  [
    `${torch('cumsum')} ${numpy('cumsum')} tf.cumsum ops.cumsum K.cumsum`,
    'input|x|a, dim|axis=None',
    cumulated((sum, x) => sum + x),
  ],
  [
    `${torch('cumprod')} ${numpy('cumprod')} tf.cumprod ops.cumprod K.cumprod`,
    'input|x|a, dim|axis=None',
    cumulated((product, x) => product * x),
  ],
];
