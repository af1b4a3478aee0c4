import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

const IMPORTS = [
  'import torch',
  'from torch import nn',
  'from torch.utils.data import DataLoader',
  'from data import loaders, blend',
];
const DATA = (collate: string, mixer: string) =>
  [
    'import numpy as np',
    'import torch.nn.functional as F',
    'from torch.utils.data import DataLoader, default_collate',
    'from torchvision.transforms import v2',
    'def loaders(cfg):',
    `    mix = ${mixer}`,
    '    def collate(batch):',
    '        return mix(*default_collate(batch))',
    `    return DataLoader(train, ${collate}), DataLoader(val)`,
    'def blend(x, y, k=10):',
    '    lam = np.random.beta(0.4, 0.4)',
    '    order = torch.randperm(len(x))',
    '    hot = F.one_hot(y, k).float()',
    '    return lam * x + (1 - lam) * x[order], lam * hot + (1 - lam) * hot[order]',
    'def flip(x, y):',
    '    return x.flip(-1), y',
  ].join('\n');
const MIXING = DATA('collate_fn=collate', 'v2.CutMix(num_classes=10)');

/** What the targets of the first loss are, with a file beside it. */
function labelsIn(lines: readonly string[], data: string) {
  const modules = new Map([['data', data]]);
  return analyzed([...IMPORTS, ...lines, ''].join('\n'), 'python', { modules }).configs[0]!.labels;
}

const LOSS = 'crit = nn.CrossEntropyLoss()';
const LOADERS = 'train_loader, val_loader = loaders(cfg)';
const LOOP = ['for x, y in train_loader:', '    loss = crit(model(x), y)'];

describe('targets are rows where another file mixes them', () => {
  it.each([
    ['in a loader', [LOSS, LOADERS, ...LOOP]],
    [
      'in a loop that counts, on a device',
      [
        LOSS,
        LOADERS,
        'for i, (x, y) in enumerate(train_loader):',
        '    y = y.cuda()',
        '    loss = crit(model(x), y)',
      ],
    ],
    [
      'by a batch that is unpacked',
      [
        LOSS,
        LOADERS,
        'for batch in train_loader:',
        '    x, y = batch',
        '    loss = crit(model(x), y.to(device))',
      ],
    ],
    [
      'handed to a function',
      [
        'def train(model, loader, crit):',
        '    for x, y in loader:',
        '        loss = crit(model(x), y)',
        LOSS,
        LOADERS,
        'train(model, train_loader, crit)',
      ],
    ],
    ['in the loop', [LOSS, 'for x, y in batches:', '    x, y = blend(x, y)', '    loss = crit(model(x), y)']],
  ])('%s', (_, lines) => expect(labelsIn(lines, MIXING)).toBe('soft'));

  it.each([
    [
      'of those that are tried',
      [LOSS, LOADERS, 'for x, y in val_loader:', '    loss = crit(model(x), y)'],
      MIXING,
    ],
    [
      'in a function that tries',
      [
        LOADERS,
        'def evaluate():',
        '    for x, y in train_loader:',
        '        return nn.CrossEntropyLoss()(model(x), y)',
      ],
      MIXING,
    ],
    [
      'of the other loader',
      [LOSS, 'a, b = loaders(cfg)', 'for x, y in b:', '    loss = crit(model(x), y)'],
      MIXING,
    ],
    [
      'where the mixer isn’t called',
      [LOSS, LOADERS, ...LOOP],
      DATA('collate_fn=default_collate', 'v2.CutMix(num_classes=10)'),
    ],
    [
      'where only a comment speaks of it',
      [LOSS, LOADERS, ...LOOP],
      DATA('collate_fn=collate', 'lambda *batch: batch  # v2.CutMix(num_classes=10)'),
    ],
    [
      'where only inputs are mixed',
      [LOSS, 'for x, y in batches:', '    x, y = blend(x, y)', '    loss = crit(model(x), y)'],
      MIXING.replace('lam * hot + (1 - lam) * hot[order]', 'y'),
    ],
    [
      'where a function mixes if it’s told to',
      [LOSS, 'for x, y in batches:', '    x, y = blend(x, y)', '    loss = crit(model(x), y)'],
      MIXING.replace('    lam = ', '    if not told:\n        return x, y\n    lam = '),
    ],
    ['where nothing mixes', [LOSS, LOADERS, ...LOOP], DATA('batch_size=32', 'None')],
    [
      'where another function flips',
      [
        LOSS,
        'from data import flip',
        'for x, y in batches:',
        '    x, y = flip(x, y)',
        '    loss = crit(model(x), y)',
      ],
      MIXING,
    ],
    [
      'with a share of its own for each',
      [LOSS, 'for x, y in batches:', '    x, a, b, lam = blend(x, y)', '    loss = lam * crit(model(x), a)'],
      MIXING,
    ],
  ])('but not %s', (_, lines, data) => expect(labelsIn(lines, data)).toBe('hard'));
});
