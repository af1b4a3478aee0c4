import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** K of the one loss, and what its targets are. */
function lossIn(...lines: readonly string[]) {
  const { configs } = analyzed(`${['import torch.nn as nn', ...lines].join('\n')}\n`, 'python');
  const { classes, labels } = configs.find(({ api }) => api.startsWith('torch.'))!;
  return { classes: classes.guess?.value ?? null, labels };
}

const MODEL = [
  'class Net(nn.Module):',
  '    def __init__(self):',
  '        super().__init__()',
  '        self.fc = nn.Linear(10, 7)',
  '        self.head = nn.Sequential(nn.Linear(10, 7))',
  '    def forward(self, x):',
  '        return self.fc(x)',
  'net = Net()',
];
const USE = 'loss = nn.CrossEntropyLoss(label_smoothing=0.1)(net(x), y)';

describe('K isn’t that of a layer that is replaced', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['net.fc = nn.Linear(10, 5)', [...MODEL, 'net.fc = nn.Linear(10, 5)']],
    ['net.head[-1] = nn.Linear(10, 5)', [...MODEL, 'net.head[-1] = nn.Linear(10, 5)']],
    ['setattr(net, "fc", nn.Linear(10, 5))', [...MODEL, 'setattr(net, "fc", nn.Linear(10, 5))']],
    ['net[-1] = nn.Linear(10, 5)', ['net = nn.Sequential(nn.Linear(10, 7))', 'net[-1] = nn.Linear(10, 5)']],
  ];
  it.each(cases)('%s', (_, lines) => {
    expect(lossIn(...lines, USE).classes).not.toBe(7);
  });

  it('and is that of one which isn’t', () => {
    expect(lossIn(...MODEL, USE).classes).toBe(7);
    expect(lossIn(...MODEL, 'net.name = "a"', 'rows[0] = 3', 'self.head[0] = 3', USE).classes).toBe(7);
    expect(lossIn('net = nn.Sequential(nn.Linear(10, 7))', 'rows[-1] = nn.Linear(10, 5)', USE).classes).toBe(
      7,
    );
  });
});

describe('batches that are mixed in front of a loss', () => {
  const mixed = 'mix = v2.CutMix(num_classes=10)';
  it('have rows for targets', () => {
    expect(lossIn(mixed, 'crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)').labels).toBe('soft');
    expect(lossIn('crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)').labels).toBe('hard');
  });
  it.each([
    ['a comment', '# TODO: try v2.CutMix(num_classes=10)'],
    ['a text', 'doc = "v2.CutMix(num_classes=10)"'],
    ['a class', 'class CutMix(object):\n    pass'],
    [
      'a class of the file’s own',
      'class MixUp:\n    def __call__(self, x, y):\n        return x, y, y, 0.3\nmix = MixUp()',
    ],
    ['a class of another file', 'from tricks import MixUp\nmix = MixUp(0.2)'],
  ])('are none for %s', (_, code) => {
    expect(lossIn(code, 'crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)').labels).toBe('hard');
  });
  it('are those of torchvision, however it’s imported', () => {
    const loss = ['crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)'];
    for (const code of [
      'from torchvision.transforms import v2\nmix = v2.CutMix(num_classes=10)',
      'from torchvision.transforms.v2 import MixUp\nmix = MixUp(num_classes=10)',
      'import torchvision.transforms.v2 as T\nmix = T.CutMix(num_classes=10)',
    ])
      expect(lossIn(code, ...loss).labels).toBe('soft');
  });
  it('are none where the model is only tried', () => {
    expect(lossIn(mixed, 'def evaluate(x, y):', '    return nn.CrossEntropyLoss()(net(x), y)').labels).toBe(
      'hard',
    );
  });
});
