import { describe, expect, it } from 'vitest';
import type { LossConfig } from '../../../../src/analysis/lossConfig.ts';
import { LossDocument } from '../../../../src/analysis/lossDocument.ts';
import { finish } from '../../../../src/loss/work.ts';

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';
const classOf = (body: string, more = '') => `class LabelSmoothingLoss(nn.Module):
    def __init__(self, smoothing=0.1${more}):
        super().__init__()
        self.smoothing = smoothing
    def forward(self, logits, target):
        logp = logits.log_softmax(-1)
${body}
`;
const EQUAL = classOf(`        nll = -logp.gather(1, target.unsqueeze(1)).squeeze(1)
        return ((1 - self.smoothing) * nll - self.smoothing * logp.mean(-1)).mean()`);

function lossOf(text: string): LossConfig {
  const config = finish(new LossDocument('python').analyze(text)).configs.at(-1);
  if (!config) throw new Error('There’s no loss');
  return config;
}

function replacedBy(text: string): string | null {
  const { executed } = lossOf(text);
  return executed?.kind === 'read' ? (executed.replacement?.text ?? null) : null;
}

describe('PyTorch’s own loss in place of one written by hand', () => {
  it('has the α of the call, as it is written there', () => {
    expect(replacedBy(`${HEAD}${EQUAL}loss = LabelSmoothingLoss(0.2)\n`)).toBe(
      'nn.CrossEntropyLoss(label_smoothing=0.2)',
    );
    expect(replacedBy(`${HEAD}${EQUAL}EPS = 0.3\nloss = LabelSmoothingLoss(smoothing=EPS)\n`)).toBe(
      'nn.CrossEntropyLoss(label_smoothing=EPS)',
    );
    expect(replacedBy(`${HEAD}${EQUAL}loss = LabelSmoothingLoss()\n`)).toBe(
      'nn.CrossEntropyLoss(label_smoothing=0.1)',
    );
  });

  it('is what the analysis finds the same of, once it’s there', () => {
    const text = `${HEAD}${EQUAL}loss = LabelSmoothingLoss(0.2)\n`;
    const { executed } = lossOf(text);
    const { span, text: by } = (executed?.kind === 'read' && executed.replacement) || {
      span: null,
      text: '',
    };
    const after = lossOf(text.slice(0, span!.from) + by + text.slice(span!.to));
    expect(after).toMatchObject({
      convention: 'UNIFORM_K',
      form: 'ce',
      alpha: { value: 0.2, state: 'known' },
    });
    expect(after.entry?.id).toContain('torch.CrossEntropyLoss');
  });

  it('by the name the module has for it', () => {
    const text = EQUAL.replace('(nn.Module)', '(torch.nn.Module)');
    expect(replacedBy(`import torch\n${text}loss = LabelSmoothingLoss(0.2)\n`)).toBe(
      'torch.nn.CrossEntropyLoss(label_smoothing=0.2)',
    );
  });

  it('with its reduction', () => {
    const rows = EQUAL.replace(').mean()\n', ')\n').replace('return ((', 'return ((');
    expect(replacedBy(`${HEAD}${rows}loss = LabelSmoothingLoss(0.2)\n`)).toBe(
      'nn.CrossEntropyLoss(label_smoothing=0.2, reduction="none")',
    );
  });

  it.each([
    ['another convention', EQUAL.replace('* logp.mean(-1)', '* (logp.sum(-1) + nll) / (logp.size(1) - 1)')],
    ['log-probabilities', EQUAL.replace('logits.log_softmax(-1)', 'logits')],
    ['a third argument', EQUAL.replace('logits, target)', 'logits, target, mask)')],
    ['labels first', EQUAL.replace('self, logits, target)', 'self, target, logits)')],
    [
      'a loss of sequences',
      EQUAL.replace('gather(1, target.unsqueeze(1)).squeeze(1)', 'gather(2, target.unsqueeze(2)).squeeze(2)'),
    ],
  ])('isn’t offered for %s', (_, definition) => {
    expect(replacedBy(`${HEAD}${definition}loss = LabelSmoothingLoss(0.2)\n`)).toBeNull();
  });

  it('isn’t offered where the caller sets α', () => {
    const text = `${HEAD}${EQUAL}def build(smoothing=0.1):\n    return LabelSmoothingLoss(smoothing)\n`;
    expect(replacedBy(text)).toBeNull();
  });

  it('isn’t offered where the gradient is another, or where it’s another loss elsewhere', () => {
    const detached = classOf(`        nll = -logp.gather(1, target.unsqueeze(1)).squeeze(1)
        return ((1 - self.smoothing) * nll - self.smoothing * logp.detach().mean(-1)).mean()`);
    expect(lossOf(`${HEAD}${detached}loss = LabelSmoothingLoss(0.2)\n`).executed).toMatchObject({
      against: { equal: true },
      gradient: { is: 'cut', place: { line: 10 } },
      replacement: null,
    });
    const large = classOf(`        if logits.size(0) > 64:
            return F.cross_entropy(logits, target)
        return F.cross_entropy(logits, target, label_smoothing=self.smoothing)`);
    expect(lossOf(`${HEAD}${large}loss = LabelSmoothingLoss(0.2)\n`).executed).toMatchObject({
      against: { equal: true },
      holds: [{ code: { text: 'logits.size(0) > 64', place: { line: 9 } }, is: false }],
      replacement: null,
    });
  });
});
