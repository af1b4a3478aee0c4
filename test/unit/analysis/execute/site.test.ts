import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../src/analysis/python/execute/execution.ts';
import { type Asked, callIn, definitionsIn, executed, sourceOf } from './asked.ts';

/** What the call in the last line does. */
function atLastLine(text: string, asked: Asked = {}) {
  const source = sourceOf(text);
  const lines = text.trimEnd().split('\n');
  const call = callIn(source, lines.length, new Set(definitionsIn(source).keys()))!;
  return executed(source, call.name, { given: call.given, ...asked });
}

function readAtLastLine(text: string, asked: Asked = {}): Reading {
  const execution = atLastLine(text, asked);
  if (execution.kind !== 'read') throw new Error(JSON.stringify({ ...execution, source: undefined }));
  return execution;
}

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';

describe('what a loss does where it is made', () => {
  it('K and α come from its arguments: targets and floor with these', () => {
    const { parts, floor } = readAtLastLine(`${HEAD}
class Filled(nn.Module):
    def __init__(self, k, alpha=0.1):
        super().__init__()
        self.k, self.alpha = k, alpha
    def forward(self, z, y):
        q = torch.zeros_like(z).fill_(self.alpha / self.k)
        q.scatter_(1, y.unsqueeze(1), 1 - self.alpha)
        return -(q * z.log_softmax(1)).sum(1).mean()
crit = Filled(4, alpha=0.2)
`);
    expect(parts[0]!.atSite).toMatchObject({ classes: 4, on: 0.8, off: 0.05, sum: 0.95 });
    // −Σ q ln(q / 0.95)
    expect(floor).toBeCloseTo(0.579146, 6);
    expect(parts[0]!.convention).toBeNull();
  });

  it('a sigmoid needs no K', () => {
    const { parts, floor } = readAtLastLine(`${HEAD}
def bce_half(z, hot, smoothing=0.1):
    t = hot * (1 - smoothing) + 0.5 * smoothing
    return F.binary_cross_entropy_with_logits(z, t)
loss = bce_half(logits, labels, smoothing=0.2)
`);
    expect(parts[0]!.atSite).toMatchObject({ classes: null, on: 0.9, off: 0.1 });
    expect(floor).toBeCloseTo(0.325083, 6);
  });

  it('K may be large', () => {
    const { parts } = readAtLastLine(
      `${HEAD}
def smooth(z, y, eps=0.1):
    return (1 - eps) * F.cross_entropy(z, y) - eps * z.log_softmax(-1).mean()
loss = smooth(net(x), y, eps=0.2)
`,
      { classes: 1000 },
    );
    expect(parts[0]!.atSite).toMatchObject({ classes: 1000, on: 0.8002, off: 0.0002, sum: 1 });
  });

  it('with class weights each class has its own floor', () => {
    const { parts, floor, floors, weights } = readAtLastLine(
      `${HEAD}
class Weighted(nn.Module):
    def __init__(self, weight, smoothing=0.1):
        super().__init__()
        self.weight, self.s = weight, smoothing
    def forward(self, z, y):
        k = z.size(1)
        q = torch.full_like(z, self.s / k).scatter_(1, y[:, None], 1 - self.s + self.s / k)
        return -(self.weight * q * z.log_softmax(1)).sum(1).mean()
crit = Weighted(torch.tensor([1.0, 2.0, 5.0]), smoothing=0.3)
`,
      { classes: 3 },
    );
    expect(weights).toBe('perClass');
    expect(floor).toBeNull();
    expect(floors!.map((each) => each.toFixed(6))).toEqual(['1.455174', '1.559432', '1.279013']);
    expect(parts[0]!.atSite).toMatchObject({ on: 0.8, off: 0.1 });
  });

  it('the floors of two heads are added', () => {
    const { parts, floor } = readAtLastLine(
      `${HEAD}
class TwoHeads(nn.Module):
    def __init__(self, smooth, aux=0.3):
        super().__init__()
        self.ce = nn.CrossEntropyLoss(label_smoothing=smooth)
        self.aux = aux
    def forward(self, main, side, y):
        return self.ce(main, y) + self.aux * self.ce(side, y)
crit = TwoHeads(0.1)
`,
      { classes: 8 },
    );
    expect(parts.map(({ parameter, scale }) => [parameter, scale])).toEqual([
      ['main', 1],
      ['side', 0.3],
    ]);
    expect(floor).toBeCloseTo(0.607077, 6);
  });

  it('a divergence can reach 0; with a mass S it is S ln S', () => {
    const text = `${HEAD}
def kl(z, y, true, rest):
    q = torch.full_like(z, rest).scatter_(1, y[:, None], true)
    return F.kl_div(z.log_softmax(1), q, reduction='batchmean')
`;
    const one = readAtLastLine(`${text}loss = kl(z, y, 0.8, 0.05)\n`, { classes: 5 });
    expect(one).toMatchObject({ form: 'kl', floor: 0 });
    const more = readAtLastLine(`${text}loss = kl(z, y, 0.8, 0.1)\n`, { classes: 5 });
    expect(more.parts[0]!.atSite!.sum).toBe(1.2);
    expect(more.floor).toBeCloseTo(1.2 * Math.log(1.2), 8);
  });

  it('α is not known where the caller gives it: no figures', () => {
    const { parts, floor } = readAtLastLine(
      `${HEAD}
def smooth(z, y, smoothing):
    return F.cross_entropy(z, y, label_smoothing=smoothing)
loss = smooth(z, y, smoothing=options.alpha)
`,
      { classes: 10 },
    );
    expect(parts[0]!.convention).toBe('UNIFORM_K');
    expect(parts[0]!.atSite).toBeNull();
    expect(floor).toBeNull();
  });

  it('a switch is what it is set to', () => {
    const text = `${HEAD}
def shape_loss(pred, gold, smooth=True):
    if not smooth:
        return F.cross_entropy(pred, gold)
    a, c = 0.25, pred.size(1)
    q = F.one_hot(gold, c) * (1 - a)
    q = q + (1 - F.one_hot(gold, c)) * a / (c - 1)
    return -(q * F.log_softmax(pred, dim=1)).sum(dim=1).mean()
`;
    const on = readAtLastLine(`${text}a = shape_loss(z, y, smooth=True)\n`, { classes: 15 });
    expect(on.alphaIs).toEqual({ fixed: 0.25 });
    expect(on.parts[0]!.convention).toBe('UNIFORM_OTHERS');
    const off = readAtLastLine(`${text}a = shape_loss(z, y, smooth=False)\n`, { classes: 15 });
    expect(off.parts[0]!.atSite).toMatchObject({ on: 1, off: 0 });
    expect(atLastLine(`${text}a = shape_loss(z, y, smooth=flags.smooth)\n`)).toMatchObject({
      kind: 'stopped',
      reason: 'unknown',
    });
  });

  it('helpers, base classes and constants come from other files of the workspace', () => {
    const modules = {
      'losses.base':
        'from torch import nn\nfrom .targets import soften\nclass Base(nn.Module):\n    def __init__(self, s):\n        super().__init__()\n        self.s = s\n    def targets(self, y, k):\n        return soften(y, k, self.s)\n',
      targets:
        'import torch.nn.functional as F\ndef soften(y, k, s):\n    return F.one_hot(y, k) * (1 - s) + s / k\n',
      settings: 'SMOOTHING = 0.3\n',
    };
    const { parts } = readAtLastLine(
      `${HEAD}
from losses.base import Base
import settings
class Loss(Base):
    def __init__(self, smoothing=settings.SMOOTHING):
        super().__init__(smoothing)
    def forward(self, z, y):
        return -(self.targets(y, z.size(1)) * z.log_softmax(1)).sum(1).mean()
crit = Loss()
`,
      { classes: 3, modules },
    );
    expect(parts[0]).toMatchObject({ convention: 'UNIFORM_K', atSite: { on: 0.8, off: 0.1 } });
  });

  it('an argument that there is no parameter for raises', () => {
    expect(
      atLastLine(`${HEAD}
class Loss(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing
    def forward(self, z, y):
        return F.cross_entropy(z, y, label_smoothing=self.smoothing)
crit = Loss(alpha=0.2)
`),
    ).toMatchObject({ kind: 'fails', error: 'TypeError' });
  });

  it('a function in a class is executed with an object whose attributes are not known', () => {
    const text = `${HEAD}
class Model(nn.Module):
    def loss(self, scores, gold, smoothing=0.1):
        return F.cross_entropy(scores, gold, label_smoothing=smoothing)
    def other(self, scores, gold, smoothing=0.1):
        return self.scale * F.cross_entropy(scores, gold, label_smoothing=smoothing)
`;
    expect(executed(sourceOf(text), 'loss')).toMatchObject({
      kind: 'read',
      parts: [{ convention: 'UNIFORM_K' }],
    });
    expect(executed(sourceOf(text), 'other')).toMatchObject({ kind: 'stopped', what: 'self.scale' });
  });
});
