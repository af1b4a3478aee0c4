import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../src/analysis/claims/lossClaims.ts';
import { analyzed } from './corpus.ts';

/** The floor of the one loss of a head. */
function floorIn(...forward: readonly string[]) {
  const source = [
    'import torch',
    'from torch import nn',
    'import torch.nn.functional as F',
    'class Head(nn.Module):',
    '    def __init__(self, d, n, s=30.0, m=0.4):',
    '        super().__init__()',
    '        self.W = nn.Parameter(torch.randn(d, n))',
    '        self.s, self.m = s, m',
    '        self.ce = nn.CrossEntropyLoss()',
    '    def forward(self, x, y):',
    ...forward.map((line) => `        ${line}`),
    '',
  ].join('\n');
  return claimsOf(analyzed(source, 'python').configs.at(-1)!, 10).floor;
}

const NORMED = [
  'x_norm = torch.norm(x, p=2, dim=1, keepdim=True).clamp(min=1e-12)',
  'x_norm = torch.div(x, x_norm)',
  'w_norm = torch.norm(self.W, p=2, dim=0, keepdim=True).clamp(min=1e-12)',
  'w_norm = torch.div(self.W, w_norm)',
];
const COSINE = 'cosine = F.linear(F.normalize(x), F.normalize(self.W))';

describe('logits that are cosines have no floor', () => {
  it.each([
    ['divided by norms', [...NORMED, 'z = torch.mm(x_norm, w_norm)', 'return self.ce(self.s * z, y)']],
    [
      'less a margin',
      [
        ...NORMED,
        'costh = torch.mm(x_norm, w_norm)',
        'delt = torch.zeros(costh.size()).scatter_(1, y.view(-1, 1), self.m)',
        'if x.is_cuda: delt = delt.cuda()',
        'z = self.s * (costh - delt)',
        'return self.ce(z, y)',
      ],
    ],
    [
      'others for the true class',
      [
        COSINE,
        'phi = cosine * self.cos_m - torch.sqrt(1.0 - cosine * cosine) * self.sin_m',
        'phi = torch.where(cosine > 0, phi, cosine)',
        'one_hot = torch.zeros_like(cosine)',
        'one_hot.scatter_(1, y.view(-1, 1), 1)',
        'output = (one_hot * phi) + ((1.0 - one_hot) * cosine)',
        'output = output * self.s',
        'return self.ce(output, y)',
      ],
    ],
    [
      'less a margin of one-hot rows',
      [COSINE, 'z = self.s * (cosine - self.m * F.one_hot(y, 10))', 'return self.ce(z, y)'],
    ],
    [
      'by their name, in either case',
      ['cos_sim = self.sim(x, x)', 'if self.w: cos_sim = cos_sim + self.w', 'return self.ce(cos_sim, y)'],
    ],
    ['by their name', ['cos_sim = self.sim(x.unsqueeze(1), x.unsqueeze(0))', 'return self.ce(cos_sim, y)']],
  ])('%s', (_, lines) => {
    expect(floorIn(...lines)).toBeNull();
  });
  it.each([
    ['a linear layer’s', ['return self.ce(self.fc(x), y)']],
    ['cosines with something else added', [COSINE, 'return self.ce(cosine + self.fc(x), y)']],
    [
      'cosines times what is learnt',
      ['z = F.cosine_similarity(x, self.W) * self.w + self.b', 'return self.ce(z, y)'],
    ],
    ['divided by a number', ['z = torch.div(self.fc(x), 0.07)', 'return self.ce(z, y)']],
  ])('others have one: %s', (_, lines) => {
    expect(floorIn(...lines)).toBe(0);
  });
});
