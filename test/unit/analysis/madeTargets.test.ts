import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../src/analysis/claims/lossClaims.ts';
import { analyzed } from './corpus.ts';

const IMPORTS = [
  'import numpy as np',
  'import torch',
  'import torch.nn.functional as F',
  'from mxnet import gluon, nd',
  'from torch import nn',
];
const OTHERS = [
  'def smooth_labels(hot, alpha=0.1):',
  '    return hot * (1 - alpha) + (1 - hot) * alpha',
  'num_classes = 6',
  'hot = F.one_hot(y, num_classes).float()',
];

/** What is said of the call that makes targets: the form of the loss that gets them, and its floor. */
function saidOf(maker: string, lines: readonly string[]) {
  const { configs } = analyzed([...IMPORTS, ...lines, ''].join('\n'), 'python');
  const config = configs.find(({ name }) => name === maker);
  if (!config) return null;
  const { floor } = claimsOf(config, config.classes.guess?.value ?? null);
  return [config.form, floor === null ? null : Number(floor.toFixed(6))];
}

describe('targets that a call makes are those of the loss that gets them', () => {
  const made = 'q = smooth_labels(hot, alpha=0.05)';
  it.each([
    ['where it’s called', [made, 'loss = F.cross_entropy(z, q)'], ['ce', 1.016448]],
    [
      'by an object',
      [made, 'crit = nn.CrossEntropyLoss()', 'loss = crit(z, q.to(z.device))'],
      ['ce', 1.016448],
    ],
    ['in its argument', ['loss = F.cross_entropy(z, smooth_labels(hot, alpha=0.05))'], ['ce', 1.016448]],
    ['twice', [made, 'a = F.cross_entropy(z, q)', 'b = F.cross_entropy(w, q)'], ['ce', 1.016448]],
    ['of a divergence', [made, 'loss = F.kl_div(z.log_softmax(1), q)'], ['kl', 0.218786]],
  ])('%s', (_, lines, said) => expect(saidOf('smooth_labels', [...OTHERS, ...lines])).toEqual(said));

  it.each([
    ['where nothing gets them', [made]],
    ['with weights', [made, 'loss = F.cross_entropy(z, q, weight=w)']],
    ['that are smoothed again', [made, 'loss = F.cross_entropy(z, q, label_smoothing=0.1)']],
    ['of two losses', [made, 'a = F.cross_entropy(z, q)', 'b = F.kl_div(z.log_softmax(1), q)']],
    [
      'with weights that it gets later',
      [made, 'crit = nn.CrossEntropyLoss()', 'crit.weight = w', 'loss = crit(z, q)'],
    ],
    ['of a divergence of logarithms', [made, 'loss = F.kl_div(z.log_softmax(1), q, log_target=True)']],
    ['of a divergence without logarithms', [made, 'loss = F.kl_div(z.softmax(1), q)']],
    ['that are changed in place', [made, 'q.mul_(0.5)', 'loss = F.cross_entropy(z, q)']],
    ['of sigmoids', [made, 'loss = F.binary_cross_entropy_with_logits(z, q)']],
    ['on cosines', [made, 'loss = F.cross_entropy(torch.tanh(z), q)']],
    ['that may be others', [made, 'if late:', '    q = hot', 'loss = F.cross_entropy(z, q)']],
  ])('but not %s', (_, lines) =>
    expect(saidOf('smooth_labels', [...OTHERS, ...lines])).toEqual([null, null]),
  );
});

describe('targets in a function that is a loss by running it', () => {
  const rows = [
    'def smooth_one_hot(y, n, smoothing=0.1):',
    '    q = np.full((len(y), n), smoothing / n)',
    '    q[np.arange(len(y)), y] = 1 - smoothing',
    '    return q',
    'def loss(logits, y):',
    '    lp = logits - np.log(np.exp(logits).sum(1, keepdims=True))',
  ];
  const said = (last: string) => saidOf('smooth_one_hot', [...rows, last]);
  it.each([
    ['    return -(smooth_one_hot(y, 5, smoothing=0.25) * lp).sum(1).mean()', ['ce', 0.766179]],
    ['    return (smooth_one_hot(y, 5, smoothing=0.25) * lp).sum(1).mean()', [null, null]],
    ['    return -(smooth_one_hot(y, 5, smoothing=0.25)[:, ::-1] * lp).sum(1).mean()', [null, null]],
    ['    return -(smooth_one_hot(y, 5, smoothing=0.25) * lp).sum(1).mean() * 2', [null, null]],
  ])('%s', (last, expected) => expect(said(last)).toEqual(expected));
});

describe('what makes the targets of a loss is found whatever it’s called', () => {
  const soften = ['def soften(y, k, eta=0.1):', '    return nd.one_hot(y, k) * (1 - eta) + eta / k'];
  const crit = 'loss_fn = gluon.loss.SoftmaxCrossEntropyLoss(sparse_label=False)';
  it.each([
    ['loss = loss_fn(net(x), soften(y, 25, eta=0.2))', ['ce', 1.099296]],
    ['q = soften(y, 25, eta=0.2)\nloss = loss_fn(net(x), q)', ['ce', 1.099296]],
    ['q = soften(y, 25, eta=0.2)', null],
  ])('%s', (lines, expected) =>
    expect(saidOf('soften', [...soften, crit, ...lines.split('\n')])).toEqual(expected),
  );

  it('but for what smooths nothing', () => {
    const prepare = ['def prepare(y, share=0.1):', '    return F.one_hot(y, 10) * (1 - share) + y / share'];
    expect(saidOf('prepare', [...prepare, 'loss = F.cross_entropy(z, prepare(y, 0.5))'])).toBe(null);
  });
});
