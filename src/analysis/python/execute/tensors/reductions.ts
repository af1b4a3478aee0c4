import { RaisedError } from '../run/endings.ts';
import { permuted } from './shapes.ts';
import { axisOf, type DType, type PyTensor, shapeSize } from './tensor.ts';

/** What becomes of the numbers along some axes. */
export type Reducing = (values: Float64Array) => number;

export const REDUCING = {
  sum: (values: Float64Array) => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum;
  },
  prod: (values: Float64Array) => values.reduce((product, value) => product * value, 1),
  mean: (values: Float64Array) => REDUCING.sum(values) / values.length,
  max: (values: Float64Array) => extreme(values, 1),
  min: (values: Float64Array) => extreme(values, -1),
  argmax: (values: Float64Array) => indexOf(values, 1),
  argmin: (values: Float64Array) => indexOf(values, -1),
  any: (values: Float64Array) => (values.some((value) => value !== 0) ? 1 : 0),
  all: (values: Float64Array) => (values.every((value) => value !== 0) ? 1 : 0),
  logsumexp: (values: Float64Array) => {
    const largest = extreme(values, 1);
    if (!Number.isFinite(largest)) return largest;
    let sum = 0;
    for (const value of values) sum += Math.exp(value - largest);
    return largest + Math.log(sum);
  },
  variance: (values: Float64Array) => {
    const mean = REDUCING.mean(values);
    return REDUCING.sum(values.map((value) => (value - mean) ** 2)) / values.length;
  },
  sampleVariance: (values: Float64Array) => (REDUCING.variance(values) * values.length) / (values.length - 1),
  norm: (values: Float64Array) => Math.sqrt(REDUCING.sum(values.map((value) => value * value))),
  countNonzero: (values: Float64Array) => values.filter((value) => value !== 0).length,
};

function extreme(values: Float64Array, sign: 1 | -1): number {
  if (values.length === 0) throw new RaisedError('RuntimeError', 'reduction of no elements');
  let best = values[0]!;
  for (const value of values) if (sign * value > sign * best || Number.isNaN(value)) best = value;
  return best;
}

function indexOf(values: Float64Array, sign: 1 | -1): number {
  let best = 0;
  for (const [i, value] of values.entries()) if (sign * value > sign * values[best]!) best = i;
  return best;
}

/** Over these axes, or over all of them. */
export function reducedAlong(
  tensor: PyTensor,
  axes: readonly number[] | null,
  keep: boolean,
  reduce: Reducing,
  dtype: DType,
): PyTensor {
  const over = new Set(
    (axes ?? tensor.shape.map((_, axis) => axis)).map((axis) => axisOf(axis, tensor.rank)),
  );
  if (tensor.rank === 0) over.clear();
  const kept = tensor.shape.flatMap((_, axis) => (over.has(axis) ? [] : axis));
  const sorted = permuted(tensor, [...kept, ...over]).values();
  const size = shapeSize([...over].map((axis) => tensor.shape[axis]!));
  const values = new Float64Array(shapeSize(kept.map((axis) => tensor.shape[axis]!)));
  for (let i = 0; i < values.length; i++) values[i] = reduce(sorted.subarray(i * size, (i + 1) * size));
  const shape = tensor.shape.flatMap((length, axis) => (over.has(axis) ? (keep ? 1 : []) : length));
  return tensor.like(values, shape, dtype);
}
