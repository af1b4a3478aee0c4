import { softplus } from '../../../../../loss/rows/probabilityCosts.ts';
import { RaisedError } from '../../run/endings.ts';
import { Int, type PyValue } from '../../run/values.ts';
import { combine, expandedTo, mapped } from '../../tensors/broadcast.ts';
import { REDUCING, reducedAlong } from '../../tensors/reductions.ts';
import { filled, type PyTensor } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';
import type { OperationDefinition } from '../definition.ts';
import { softmaxAlong } from '../reducing.ts';
import { binaryOf, categorical, divergence, sparseCategorical } from './kerasLosses.ts';
import { classesLast, ofRows, picked, reducedBy, reductionOf } from './reducedLosses.ts';

function nllLoss(given: Arguments): PyValue {
  const scores = given.tensor('input');
  const { losses, shape, weight } = ofRows(
    given,
    scores,
    given.tensor('target'),
    (row, label, weights) => -row[label]! * (weights ? weights[label]! : 1),
  );
  return reducedBy(reductionOf(given), scores.like(losses, shape, 'float'), weight);
}

function crossEntropy(given: Arguments): PyValue {
  const scores = given.tensor('input');
  const target = given.tensor('target');
  const alpha = given.number('label_smoothing', 0);
  if (alpha < 0 || alpha > 1)
    throw new RaisedError('RuntimeError', 'label_smoothing must be between 0.0 and 1.0.');
  if (scores.dtype !== 'float') throw new RaisedError('RuntimeError', 'log_softmax not implemented for Long');
  given.run.spend(scores.size / 4);
  const log = softmaxAlong(scores, scores.rank === 1 ? 0 : 1, true);
  if (target.dtype === 'float' && String(target.shape) === String(scores.shape))
    return withProbabilities(given, log, target, alpha);
  const { losses, shape, weight } = ofRows(given, log, target, (row, label, weights) => {
    let even = 0;
    for (let k = 0; k < row.length; k++) even -= row[k]! * (weights ? weights[k]! : 1);
    return -(1 - alpha) * row[label]! * (weights ? weights[label]! : 1) + (alpha / row.length) * even;
  });
  return reducedBy(reductionOf(given), scores.like(losses, shape, 'float'), weight);
}

function withProbabilities(given: Arguments, log: PyTensor, target: PyTensor, alpha: number): PyValue {
  const classes = log.shape[log.rank === 1 ? 0 : 1]!;
  const soft = mapped(target, (q) => q * (1 - alpha) + alpha / classes);
  const weight = given.has('weight') ? given.tensor('weight') : filled([classes], 1, 'float', log.library);
  const last = [classesLast(log), classesLast(soft)] as const;
  const costs = combine(
    combine(last[0], last[1], 'float', (x, q) => -x * q),
    weight,
    'float',
    (x, w) => x * w,
  );
  const rows = reducedAlong(costs, [-1], false, REDUCING.sum, 'float');
  return reducedBy(reductionOf(given), rows, rows.size);
}

/** 0 · ln 0 is 0. */
function klDiv(given: Arguments): PyValue {
  const [log, target] = [given.tensor('input'), given.tensor('target')];
  const isLog = given.flag('log_target');
  const losses = combine(log, target, 'float', (x, q) =>
    isLog ? Math.exp(q) * (q - x) : q > 0 ? q * (Math.log(q) - x) : q === 0 ? 0 : Number.NaN,
  );
  return reducedBy(reductionOf(given), losses);
}

function withSigmoid(given: Arguments): PyValue {
  const [z, t] = [given.tensor('input'), given.tensor('target')];
  if (String(z.shape) !== String(t.shape))
    throw new RaisedError(
      'ValueError',
      `Target size (${t.shape}) must be the same as input size (${z.shape})`,
    );
  const positive = given.has('pos_weight')
    ? expandedTo(given.tensor('pos_weight'), z.shape)
    : filled([], 1, 'float', z.library);
  // (1 − t)·z + (1 + (w − 1)·t)·softplus(−z)
  const factor = combine(expandedTo(positive, z.shape), t, 'float', (w, q) => 1 + (w - 1) * q);
  const left = combine(z, t, 'float', (x, q) => (1 - q) * x);
  const right = combine(
    mapped(z, (x) => softplus(-x)),
    factor,
    'float',
    (x, w) => x * w,
  );
  return weighted(
    given,
    combine(left, right, 'float', (x, y) => x + y),
  );
}

function weighted(given: Arguments, losses: PyTensor): PyValue {
  const all = given.has('weight')
    ? combine(losses, given.tensor('weight'), 'float', (x, w) => x * w)
    : losses;
  return reducedBy(reductionOf(given), all);
}

/** Of probabilities; torch cuts logarithms at −100. */
function binary(given: Arguments): PyValue {
  const [p, t] = [given.tensor('input'), given.tensor('target')];
  if (String(p.shape) !== String(t.shape))
    throw new RaisedError('ValueError', 'Using a target size that is different to the input size');
  if (p.values().some((x) => !(x >= 0 && x <= 1)))
    throw new RaisedError('RuntimeError', 'all elements of input should be between 0 and 1');
  const log = (x: number) => Math.max(-100, Math.log(x));
  return weighted(
    given,
    combine(p, t, 'float', (x, q) => -(q * log(x) + (1 - q) * log(1 - x))),
  );
}

/** Rows of TensorFlow, Keras and optax: the classes are the last axis. */
function softmaxRows(given: Arguments): PyTensor {
  const [z, q] = [given.tensor('logits'), given.tensor('labels')];
  if (z.dtype !== 'float' || q.dtype !== 'float') {
    if (given.library === 'tensorflow') throw given.run.stop('unsupported', 'integers');
  }
  const costs = combine(softmaxAlong(z, given.int('axis', -1), true), q, 'float', (x, y) => -x * y);
  return reducedAlong(costs, [given.int('axis', -1)], false, REDUCING.sum, 'float');
}

function sparseRows(given: Arguments): PyTensor {
  const z = softmaxAlong(given.tensor('logits'), -1, true);
  return picked(z, given.tensor('labels'));
}

function sigmoidElements(given: Arguments): PyTensor {
  const [z, t] = [given.tensor('logits'), given.tensor('labels')];
  return combine(z, t, 'float', (x, q) => softplus(-x) + (1 - q) * x);
}

const KERAS =
  'target|y_true|labels, output|y_pred|logits, from_logits=None, label_smoothing=None, axis=None, reduction=None';

export const LOSSES: readonly OperationDefinition[] = [
  [
    'F._Reduction.get_enum',
    'reduction',
    (given) => new Int(['none', 'mean', 'sum'].indexOf(given.text('reduction', 'none'))),
  ],
  [
    'F.nll_loss F.nll_loss2d',
    'input, target, weight=None, size_average=None, ignore_index=None, reduce=None, reduction=None',
    nllLoss,
  ],
  [
    'F.cross_entropy',
    'input, target, weight=None, size_average=None, ignore_index=None, reduce=None, reduction=None, label_smoothing=None',
    crossEntropy,
  ],
  ['F.kl_div', 'input, target, size_average=None, reduce=None, reduction=None, log_target=None', klDiv],
  [
    'F.binary_cross_entropy_with_logits',
    `input, target, weight=None, size_average=None, reduce=None, reduction=None, pos_weight=None`,
    withSigmoid,
  ],
  [
    'F.binary_cross_entropy',
    `input, target, weight=None, size_average=None, reduce=None, reduction=None`,
    binary,
  ],
  [
    'F.mse_loss',
    `input, target, size_average=None, reduce=None, reduction=None`,
    (given) => {
      const losses = combine(given.tensor('input'), given.tensor('target'), 'float', (x, y) => (x - y) ** 2);
      return reducedBy(reductionOf(given), losses);
    },
  ],
  [
    'tf.softmax_cross_entropy_with_logits tf.softmax_cross_entropy_with_logits_v2 tf.nn.softmax_cross_entropy_with_logits',
    'labels, logits, axis=None',
    softmaxRows,
  ],
  ['tf.sparse_softmax_cross_entropy_with_logits', 'labels, logits', sparseRows],
  ['tf.sigmoid_cross_entropy_with_logits', 'labels, logits', sigmoidElements],
  ['optax.softmax_cross_entropy', 'logits, labels, axis=None', softmaxRows],
  ['optax.softmax_cross_entropy_with_integer_labels', 'logits, labels', sparseRows],
  ['optax.sigmoid_binary_cross_entropy', 'logits, labels', sigmoidElements],
  [
    'optax.smooth_labels',
    'labels, alpha',
    (given) => {
      const hot = given.tensor('labels');
      const alpha = given.number('alpha');
      return mapped(hot, (q) => q * (1 - alpha) + alpha / hot.shape.at(-1)!);
    },
  ],
  ['losses.categorical_crossentropy', KERAS, categorical],
  [
    'losses.sparse_categorical_crossentropy',
    'target|y_true, output|y_pred, from_logits=None, ignore_class=None, axis=None, reduction=None',
    sparseCategorical,
  ],
  ['losses.binary_crossentropy', KERAS, binaryOf(true)],
  [
    'losses.kl_divergence losses.kld losses.kullback_leibler_divergence',
    'target|y_true, output|y_pred, reduction=None',
    divergence,
  ],
  [
    'K.categorical_crossentropy ops.categorical_crossentropy',
    'target, output, from_logits=None, axis=None',
    categorical,
  ],
  [
    'K.sparse_categorical_crossentropy ops.sparse_categorical_crossentropy',
    'target, output, from_logits=None, axis=None',
    sparseCategorical,
  ],
  ['K.binary_crossentropy ops.binary_crossentropy', 'target, output, from_logits=None', binaryOf(false)],
];
