import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../../src/analysis/claims/lossClaims.ts';
import { analyzed } from '../corpus.ts';

/** The last loss of a file with one that keeps a share of the label. */
function lossIn(parameters: string, rows: readonly string[], call: string) {
  const source = [
    'import torch',
    'from torch import nn',
    'import torch.nn.functional as F',
    'class CrossEntropyWithLabelSmoothing(nn.Module):',
    `    def __init__(self, ${parameters}):`,
    '        super().__init__()',
    '        self.n, self.ls = n, ls',
    '    def forward(self, x, target):',
    ...rows.map((line) => `        ${line}`),
    '        return (-F.log_softmax(x, dim=-1) * target).sum(-1).mean()',
    `loss = ${call}`,
    '',
  ].join('\n');
  const config = analyzed(source, 'python').configs.at(-1)!;
  const { targets, floor } = claimsOf(config, config.classes.guess?.value ?? null);
  const { state, value } = config.alpha;
  return { state, value, targets, floor: floor && Number(floor.toFixed(4)) };
}

const KEEPS = [
  'target = F.one_hot(target, self.n).float()',
  'target *= self.ls',
  'target += (1 - self.ls) / self.n',
];
const SMOOTHS = [
  'target = F.one_hot(target, self.n).float()',
  'target *= 1 - self.ls',
  'target += self.ls / self.n',
];

describe('a parameter that is what the label keeps isn’t α', () => {
  it('where the loss could be run', () => {
    const said = lossIn('n, ls=0.9', KEEPS, 'CrossEntropyWithLabelSmoothing(10)');
    expect(said).toMatchObject({ state: 'unknown', value: undefined, floor: 0.5003 });
    expect(said.targets).toMatchObject({ on: 0.91, off: 0.01 });
  });
  it('where K isn’t known', () => {
    const said = lossIn('n, ls=0.9', KEEPS, 'CrossEntropyWithLabelSmoothing(k)');
    expect(said).toEqual({ state: 'unknown', value: undefined, targets: null, floor: null });
  });
  it('where it’s given', () => {
    expect(lossIn('n, ls', KEEPS, 'CrossEntropyWithLabelSmoothing(10, ls=0.9)').floor).toBe(0.5003);
  });
  it('and is where it’s taken away', () => {
    const said = lossIn('n, ls=0.1', SMOOTHS, 'CrossEntropyWithLabelSmoothing(10)');
    expect(said).toMatchObject({ state: 'default', value: 0.1, floor: 0.5003 });
  });
});

it('K is given by the parameter that rows are made with, whatever it’s called', () => {
  const rows = SMOOTHS.map((line) => line.replace('self.n', 'self.n_dim'));
  const source = [
    'import torch',
    'from torch import nn',
    'import torch.nn.functional as F',
    'class LabelSmoothingLoss(nn.Module):',
    '    def __init__(self, n_dim, smoothing=0.1):',
    '        super().__init__()',
    '        self.n_dim, self.ls = n_dim, smoothing',
    '    def forward(self, x, target):',
    ...rows.map(
      (line) =>
        `        ${line.replaceAll('self.n)', 'self.n_dim)').replace('/ self.n', '/ self.n_dim').replace('n_dim_dim', 'n_dim')}`,
    ),
    '        return (-F.log_softmax(x, dim=-1) * target).sum(-1).mean()',
    'loss = LabelSmoothingLoss(10)',
    '',
  ].join('\n');
  const config = analyzed(source, 'python').configs.at(-1)!;
  expect(config.executed).toMatchObject({ kind: 'read' });
  expect(claimsOf(config, 10).targets).toMatchObject({ on: 0.91 });
});
