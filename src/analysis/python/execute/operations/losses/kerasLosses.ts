import { softplus } from '../../../../../loss/rows/probabilityCosts.ts';
import type { PyValue } from '../../run/values.ts';
import { combine, mapped } from '../../tensors/broadcast.ts';
import { REDUCING, reducedAlong } from '../../tensors/reductions.ts';
import type { PyTensor } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';
import { softmaxAlong } from '../reducing.ts';
import { picked, reducedBy } from './reducedLosses.ts';

/** Keras: probabilities are divided by their sum, and kept from 0 and 1 by 1e-7. */
const EPSILON = 1e-7;

function clipped(p: PyTensor): PyTensor {
  return mapped(p, (x) => Math.min(1 - EPSILON, Math.max(EPSILON, x)));
}

function logProbabilities(given: Arguments, axis: number): PyTensor {
  const output = given.tensor('output');
  if (given.flag('from_logits')) return softmaxAlong(output, axis, true);
  const sum = reducedAlong(output, [axis], true, REDUCING.sum, 'float');
  return mapped(clipped(combine(output, sum, 'float', (x, y) => x / y)), Math.log);
}

export function categorical(given: Arguments): PyValue {
  const axis = given.int('axis', -1);
  const log = logProbabilities(given, axis);
  const target = given.tensor('target');
  const alpha = given.number('label_smoothing', 0);
  const classes = target.shape.at(axis) ?? 1;
  const soft = mapped(target, (q) => q * (1 - alpha) + alpha / classes);
  const costs = combine(soft, log, 'float', (q, x) => -q * x);
  return kerasReduced(given, reducedAlong(costs, [axis], false, REDUCING.sum, 'float'));
}

export function sparseCategorical(given: Arguments): PyValue {
  if (given.has('ignore_class')) return given.run.unknown('ignore_class', 'unsupported');
  return kerasReduced(given, picked(logProbabilities(given, -1), given.tensor('target')));
}

/** The function gives the mean of each row, the one of the backend each element. */
export function binaryOf(rows: boolean) {
  return (given: Arguments): PyValue => {
    const [t, output] = [given.tensor('target'), given.tensor('output')];
    const alpha = given.number('label_smoothing', 0);
    const soft = mapped(t, (q) => q * (1 - alpha) + alpha / 2);
    const elements = given.flag('from_logits')
      ? combine(output, soft, 'float', (x, q) => softplus(-x) + (1 - q) * x)
      : combine(clipped(output), soft, 'float', (p, q) => -(q * Math.log(p) + (1 - q) * Math.log(1 - p)));
    return kerasReduced(given, rows ? reducedAlong(elements, [-1], false, REDUCING.mean, 'float') : elements);
  };
}

export function divergence(given: Arguments): PyValue {
  const [q, p] = [clipped(given.tensor('target')), clipped(given.tensor('output'))];
  const costs = combine(q, p, 'float', (x, y) => x * Math.log(x / y));
  return kerasReduced(given, reducedAlong(costs, [-1], false, REDUCING.sum, 'float'));
}

/** Of the classes of losses: a mean over the rows unless `reduction` says otherwise. Their functions have none. */
function kerasReduced(given: Arguments, rows: PyTensor): PyValue {
  if (!given.has('reduction')) return rows;
  const reduction = given.text('reduction', 'none').toLowerCase();
  if (reduction === 'none') return rows;
  if (reduction === 'sum') return reducedBy('sum', rows);
  if (reduction === 'auto' || reduction === 'sum_over_batch_size' || reduction === 'mean')
    return reducedBy('mean', rows);
  return given.run.unknown('reduction', 'unsupported');
}
