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

const A_ROW = 'q = torch.full((len(y), V), a / (V - 1))';
const ROWS: readonly (readonly [floor: number | null, ...lines: string[]])[] = [
  [0, A_ROW, 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [0, A_ROW, 'q.scatter_(1, y[:, None], 1.0 - a)'],
  [0, `${A_ROW}.scatter_(1, y.view(-1, 1), 1 - a)`],
  [0, 'q = torch.full((len(y), V), a / V)', 'q.scatter_(1, y.unsqueeze(-1), 1 - a + a / V)'],
  // These don't sum to 1.
  [null, 'q = torch.full((len(y), V), a / V)', 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, 'q = torch.full((len(y), V), a / (V - 1))', 'q.scatter_(1, y.unsqueeze(1), 1 - b)'],
  [null, 'q = torch.full((len(y), W), a / (V - 1))', 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, A_ROW, 'q.scatter_(1, y, 1 - a)'],
  [null, A_ROW, 'q.scatter_(1, y.unsqueeze(1), 1 - a)', 'q[:, 0] = 0'],
  [null, A_ROW, 'q.scatter_(1, y.unsqueeze(1), 1 - a)', 'q.mul_(2)'],
  [null, A_ROW, 'q.scatter_(1, y.unsqueeze(1), 1 - a)', 'mask(q)'],
  [null, A_ROW, 'if hard:', '    q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, A_ROW, 'a = 0.3', 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, A_ROW, 'V = 3', 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, A_ROW, "q.scatter_(1, y.unsqueeze(1), 1 - a, reduce='add')"],
  [null, A_ROW.replace('))', '), dtype=torch.long)'), 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, A_ROW.replace('))', '), dtype=y.dtype)'), 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [0, A_ROW.replace('))', '), dtype=z.dtype, device=y.device)'), 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [0, A_ROW, 'n = 0.3', 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
  [null, 'if smooth:', `    ${A_ROW}`, 'q.scatter_(1, y.unsqueeze(1), 1 - a)'],
];

it.each(ROWS)('the least divergence is %s from rows made by %s, %s', (floor, ...lines) => {
  const body = [...lines, "return F.kl_div(z.log_softmax(-1), q, reduction='batchmean')"];
  expect(claimedOf('def loss(z, y, a, V):', ...body.map((line) => `    ${line}`)).floor).toBe(floor);
});

it.each(ROWS)('cross-entropy knows rows for what they are: %s, %s, %s', (_, ...lines) => {
  const body = [...lines, 'return nn.CrossEntropyLoss()(z, q)'];
  const { targets, floor } = claimedOf('def loss(z, y, a, V):', ...body.map((line) => `    ${line}`));
  expect([targets, floor]).toEqual(['soft', null]);
});

it('sigmoids have the same targets whatever K is, if they’re made so', () => {
  const oneSided = (off: string) => [
    'class OneSided(nn.Module):',
    '    def __init__(self, smooth=0.1):',
    '        super().__init__()',
    '        self.smooth = smooth',
    '    def forward(self, x, y):',
    `        y = torch.where(y == 1, torch.full_like(x, 1 - self.smooth), ${off})`,
    '        return F.binary_cross_entropy_with_logits(x, y)',
    'loss = OneSided(0.1)',
  ];
  const targetsOf = (off: string) => {
    const { configs } = analyzed([...IMPORTS, ...oneSided(off), ''].join('\n'), 'python');
    return claimsOf(configs.at(-1)!, null).targets;
  };
  expect(targetsOf('torch.zeros_like(x)')).toEqual({ on: 0.9, off: 0, sum: 0.9 });
  expect(targetsOf('torch.full_like(x, self.smooth / x.size(1))')).toBe(null);
  // The same for a few numbers of classes.
  expect(targetsOf('torch.full_like(x, self.smooth / max(x.size(1), 10))')).toBe(null);
  expect(targetsOf('torch.full_like(x, self.smooth if x.size(1) % 3 == 1 else 0)')).toBe(null);
});
