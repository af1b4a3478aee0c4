import { expect, it } from 'vitest';
import { claimsOf } from '../../../src/analysis/claims/lossClaims.ts';
import { analyzed } from './corpus.ts';

const IMPORTS = ['import torch', 'from torch import nn', 'import torch.nn.functional as F'];

/** What is claimed of the last loss. */
function claimedOf(...lines: readonly string[]) {
  return claimsOf(analyzed([...IMPORTS, ...lines, ''].join('\n'), 'python').configs.at(-1)!, 10);
}

const LIKELIHOODS: readonly (readonly [string, number | null])[] = [
  ['F.log_softmax(model(x), dim=1)', 0],
  ['model(x).log_softmax(-1)', 0],
  ['torch.log(F.softmax(model(x), 1))', 0],
  ['nn.LogSoftmax(1)(model(x))', 0],
  ['net(x)', 0],
  ['model(x)', null],
  ['torch.log(1.0001 - F.softmax(model(x), 1))', null],
];

it.each(LIKELIHOODS)('the least NLLLoss of %s is %s', (logs, floor) => {
  expect(claimedOf('model = nn.Linear(3, 10)', `loss = F.nll_loss(${logs}, y)`).floor).toBe(floor);
  expect(claimedOf('model = nn.Linear(3, 10)', `z = ${logs}`, 'loss = F.nll_loss(z, y)').floor).toBe(floor);
});

it('is known of a network that ends with a log-softmax', () => {
  const network = 'model = nn.Sequential(nn.Linear(3, 10), nn.LogSoftmax(dim=1))';
  expect(claimedOf(network, 'loss = F.nll_loss(model(x), y)').floor).toBe(0);
});

it('targets are soft where a definition calls them that', () => {
  const definition = (targets: string) => [
    'class RowsCrossEntropyLoss(nn.Module):',
    '    def __init__(self, label_smoothing=0):',
    '        super().__init__()',
    '        self.label_smoothing = label_smoothing',
    `    def forward(self, pred, ${targets}):`,
    '        if self.label_smoothing > 0:',
    `            ${targets} = ${targets} + self.label_smoothing`,
    `        return -(${targets} * pred.log_softmax(1)).sum(1).mean()`,
    'loss = RowsCrossEntropyLoss()',
  ];
  expect(claimedOf(...definition('soft_targets'))).toMatchObject({ targets: 'soft', floor: null });
});
