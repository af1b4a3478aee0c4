import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

const IMPORTS = [
  'import torch',
  'from torch import nn',
  'import torch.nn.functional as F',
  'from mxnet import gluon',
].join('\n');

/** What the targets of the last loss are. */
function labelsIn(lines: readonly string[], cells: readonly string[] = []) {
  const context = cells.length > 0 ? { cells } : {};
  const source = `${cells.length > 0 ? '' : `${IMPORTS}\n`}${lines.join('\n')}\n`;
  return analyzed(source, 'python', context).configs.at(-1)!.labels;
}

describe('batches that a cell above mixes', () => {
  const collate =
    'from torchvision.transforms.v2 import MixUp\ndef collate(batch):\n    return MixUp(num_classes=10)(*batch)';
  it.each([
    ['in the cell above', [IMPORTS, collate]],
    ['further up', [IMPORTS, collate, 'lr = 0.1', 'epochs = 30']],
    [
      'with the import in another cell',
      [`${IMPORTS}\nfrom torchvision.transforms.v2 import CutMix`, 'mix = CutMix(num_classes=10)'],
    ],
  ])('%s', (_, cells) => {
    expect(labelsIn(['loss = nn.CrossEntropyLoss()'], cells)).toBe('soft');
  });
  it.each([
    ['there are none', [IMPORTS, 'lr = 0.1']],
    ['it has a class of its own', [IMPORTS, 'class MixUp:\n    pass\nmix = MixUp()']],
  ])('are hard where %s', (_, cells) => {
    expect(labelsIn(['loss = nn.CrossEntropyLoss()'], cells)).toBe('hard');
  });
});

describe('targets by what they’re called and made of', () => {
  it.each([
    ['smoothed labels', ['smoothed_labels = rows(y)', 'l = F.cross_entropy(z, smoothed_labels)']],
    [
      'some that are set in a copy',
      [
        'def f(z, y, i):',
        '    smoothed_labels = rows(y)',
        '    q = smoothed_labels.clone()',
        '    q[i, 0] = 0.3',
        '    return nn.CrossEntropyLoss()(z, q)',
      ],
    ],
    [
      'a list of them, put together',
      [
        'def f(zs, ys, ious):',
        '    rows = []',
        '    for y, iou in zip(ys, ious):',
        '        row = F.one_hot(y, 80) * iou.unsqueeze(-1)',
        '        rows.append(row)',
        '    rows = torch.cat(rows, 0)',
        '    return F.binary_cross_entropy_with_logits(zs, rows)',
      ],
    ],
    ['a list as it’s written', ['q = torch.stack([0.9 * a, 0.8 * b])', 'l = F.cross_entropy(z, q)']],
    [
      'rows, or classes that are made rows',
      [
        'def f(z, target):',
        '    if target.dim() == z.dim() - 1:',
        '        target = F.one_hot(target, num_classes=z.shape[-1])',
        '    return F.binary_cross_entropy_with_logits(z, target.float())',
      ],
    ],
    [
      'sparse or not',
      ['sparse = not args.mixup', 'l = gluon.loss.SoftmaxCrossEntropyLoss(sparse_label=sparse)'],
    ],
    [
      'sparse by a flag',
      [
        'import argparse',
        'def parse_args():',
        '    parser = argparse.ArgumentParser()',
        "    parser.add_argument('--mixup', action='store_true')",
        "    parser.add_argument('--label-smoothing', action='store_true')",
        '    return parser.parse_args()',
        'def main():',
        '    opt = parse_args()',
        '    sparse = not (opt.label_smoothing or opt.mixup)',
        '    l = gluon.loss.SoftmaxCrossEntropyLoss(sparse_label=sparse)',
      ],
    ],
    [
      'sparse where nothing is mixed',
      [
        'if args.mixup:',
        '    sparse = False',
        'else:',
        '    sparse = True',
        'l = gluon.loss.SoftmaxCrossEntropyLoss(sparse_label=sparse)',
      ],
    ],
  ])('are soft: %s', (_, lines) => {
    expect(labelsIn(lines)).toBe('soft');
  });
  it.each([
    ['lists of classes', ['ys = []', 'ys.append(y)', 'l = F.cross_entropy(z, torch.cat(ys))']],
    [
      'lists of one-hot rows',
      ['ys = []', 'ys.append(F.one_hot(y, 10))', 'l = F.cross_entropy(z, torch.cat(ys).float())'],
    ],
    [
      'rows for one kind of loss',
      [
        'def f(z, target):',
        '    if use_sigmoid:',
        '        target = F.one_hot(target, 10)',
        '    return F.binary_cross_entropy_with_logits(z, target.float())',
      ],
    ],
    ['sparse', ['l = gluon.loss.SoftmaxCrossEntropyLoss(sparse_label=True)']],
    [
      'sparse by a parameter',
      ['def f(sparse=True):', '    return gluon.loss.SoftmaxCrossEntropyLoss(sparse_label=sparse)'],
    ],
    ['by default', ['l = gluon.loss.SoftmaxCrossEntropyLoss()']],
  ])('are hard: %s', (_, lines) => {
    expect(labelsIn(lines)).toBe('hard');
  });
});
