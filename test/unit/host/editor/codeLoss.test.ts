import { describe, expect, it, vi } from 'vitest';
import { codeLoss } from '../../../../src/host/editor/nearby/codeLoss.ts';
import { analyzed } from '../../analysis/corpus.ts';
import { documentOf } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

/** What logits are given of the only loss of a program, and why they aren't given it unasked. */
function lossOf(source: string) {
  const text = `import torch\nfrom torch import nn\nimport torch.nn.functional as F\n${source}\n`;
  const configs = analyzed(text, 'python').configs;
  expect(configs).toHaveLength(1);
  const { config, besides, why } = codeLoss(configs[0]!, null, documentOf(text), 0);
  return { alpha: config.labelSmoothing, convention: config.convention, ...besides, why };
}

const PLAIN = {
  convention: 'UNIFORM_K',
  weight: null,
  ignoreIndex: null,
  reduction: 'mean',
  form: 'ce',
  why: null,
};

describe('a loss in code', () => {
  it.each([
    ['nn.CrossEntropyLoss(label_smoothing=0.2)', { ...PLAIN, alpha: 0.2 }],
    ['nn.CrossEntropyLoss()', { ...PLAIN, alpha: 0 }],
    [
      'nn.CrossEntropyLoss(weight=torch.tensor([1., 2.]), ignore_index=0, reduction="sum", label_smoothing=0.1)',
      { ...PLAIN, alpha: 0.1, weight: [1, 2], ignoreIndex: 0, reduction: 'sum' },
    ],
  ])('is given as it is: %s', (call, expected) => {
    expect(lossOf(`criterion = ${call}`)).toEqual(expected);
  });

  it.each([
    [
      'weights that follow from data',
      'nn.CrossEntropyLoss(weight=w, label_smoothing=0.1)',
      0.1,
      'class weights',
    ],
    ['an ignored target from elsewhere', 'nn.CrossEntropyLoss(ignore_index=pad)', 0, 'ignore_index'],
    ['arguments that are handed on', 'nn.CrossEntropyLoss(label_smoothing=0.1, **more)', 0.1, '**'],
    ['an α from elsewhere', 'nn.CrossEntropyLoss(label_smoothing=cfg.eps)', null, 'α isn’t known'],
    ['sigmoids', 'nn.BCEWithLogitsLoss()', 0, 'isn’t a plain cross-entropy'],
  ])('isn’t given unasked with %s', (_, call, alpha, why) => {
    const loss = lossOf(`criterion = ${call}`);
    expect(loss.alpha).toBe(alpha);
    expect(loss.why).toContain(why);
  });

  it('isn’t given unasked where whoever calls it may say otherwise', () => {
    const { alpha, why } = lossOf('def build(eps=0.1):\n    return nn.CrossEntropyLoss(label_smoothing=eps)');
    expect(alpha).toBe(0.1);
    expect(why).toContain('α from the caller (default 0.1)');
  });
});
