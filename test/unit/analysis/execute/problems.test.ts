import { describe, expect, it } from 'vitest';
import type { ExecutedFinding } from '../../../../src/analysis/checks/executedFindings.ts';
import type { Fix } from '../../../../src/analysis/checks/fix.ts';
import type { LossConfig } from '../../../../src/analysis/lossConfig.ts';
import { LossDocument } from '../../../../src/analysis/lossDocument.ts';
import { finish } from '../../../../src/loss/work.ts';
import { executedWords } from '../../../../src/problems/executedWords.ts';

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';

/** The loss of the last call. */
function lossOf(text: string): LossConfig {
  const { configs } = finish(new LossDocument('python').analyze(text));
  const config = configs.at(-1);
  if (!config) throw new Error('There’s no loss');
  return config;
}

/** What is wrong with the last call: the rule, the text of the line that does it, and what else is said. */
function problemsOf(body: string): readonly (Partial<ExecutedFinding> & {
  readonly code: string;
  /** The text with the fix, if there is one. */
  readonly mended: string | null;
})[] {
  const text = HEAD + body;
  return lossOf(text).findings.map((finding) => {
    const { span, place, fix, ...rest } = finding as ExecutedFinding;
    expect(place?.span ?? span).toEqual(span);
    return { ...rest, code: text.slice(span.from, span.to), mended: fix && withFix(text, fix) };
  });
}

function withFix(text: string, { edits }: Fix): string {
  return edits.reduce(
    (fixed, { span, text: by }) => fixed.slice(0, span.from) + by + fixed.slice(span.to),
    text,
  );
}

const IGNORING = `class LabelSmoothingLoss(nn.Module):
    def __init__(self, classes, smoothing=0.1, ignore_index=-100, weight=None):
        super().__init__()
        self.classes, self.smoothing, self.ignore_index, self.weight = classes, smoothing, ignore_index, weight
    def forward(self, logits, target):
        logp = logits.log_softmax(-1)
`;
const LOSS = IGNORING.replace(', ignore_index=-100', '')
  .replace(', self.ignore_index', '')
  .replace(', ignore_index', '');
const EVEN = `        q = torch.full_like(logp, self.smoothing / self.classes)
        q.scatter_(1, target.unsqueeze(1), 1 - self.smoothing + self.smoothing / self.classes)
`;

describe('what running a loss shows to be wrong', () => {
  it('nothing, of one that is right', () => {
    expect(
      problemsOf(
        `${LOSS}${EVEN}        return -(q * logp).sum(-1).mean()\nloss = LabelSmoothingLoss(4, 0.2)\n`,
      ),
    ).toEqual([]);
  });

  it('targets that don’t sum to 1, with the lines that make them', () => {
    const [problem] = problemsOf(`${LOSS}        q = torch.full_like(logp, self.smoothing / self.classes)
        q.scatter_(1, target.unsqueeze(1), 1 - self.smoothing)
        return -(q * logp).sum(-1).mean()
loss = LabelSmoothingLoss(4, 0.2)
`);
    expect(problem).toMatchObject({ rule: 'targets-sum', on: 0.8, off: 0.05, sum: 0.95, classes: 4 });
    expect(problem!.code.split('\n').map((line) => line.trim())).toEqual([
      'q = torch.full_like(logp, self.smoothing / self.classes)',
      'q.scatter_(1, target.unsqueeze(1), 1 - self.smoothing)',
    ]);
  });

  it('a loss that is doubled has right targets', () => {
    expect(
      problemsOf(
        `${LOSS}${EVEN}        return -2 * (q * logp).sum(-1).mean()\nloss = LabelSmoothingLoss(4, 0.2)\n`,
      ),
    ).toEqual([]);
  });

  it('ignored rows raise before the mask applies', () => {
    const [problem, ...others] = problemsOf(`${IGNORING}${EVEN}        rows = -(q * logp).sum(-1)
        return rows[target != self.ignore_index].mean()
loss = LabelSmoothingLoss(4, 0.2, ignore_index=-100)
`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'ignored-rows', how: 'fails', index: -100 });
    expect(problem!.code).toContain('q.scatter_(1');
  });

  it('ignored rows count 0 in a mean over all', () => {
    const [problem] = problemsOf(`${IGNORING}        keep = target != self.ignore_index
        target = target.clamp(min=0)
${EVEN}        rows = -(q * logp).sum(-1) * keep
        return rows.mean()
loss = LabelSmoothingLoss(4, 0.2, ignore_index=-100)
`);
    expect(problem).toMatchObject({ rule: 'ignored-rows', how: 'zeroInMean', index: -100 });
    expect(problem!.code).toBe('return rows.mean()');
  });

  it('ignored rows still count in the uniform part', () => {
    const [problem] =
      problemsOf(`${IGNORING}        nll = F.nll_loss(logp, target, ignore_index=self.ignore_index)
        return (1 - self.smoothing) * nll - self.smoothing * logp.mean()
loss = LabelSmoothingLoss(4, 0.2, ignore_index=-100)
`);
    expect(problem).toMatchObject({ rule: 'ignored-rows', how: 'stillCounts', index: -100 });
  });

  it('an index that is only a default says of no row that it’s to be ignored', () => {
    expect(
      problemsOf(`${IGNORING}        nll = F.nll_loss(logp, target, ignore_index=self.ignore_index)
        return (1 - self.smoothing) * nll - self.smoothing * logp.mean()
loss = LabelSmoothingLoss(4, 0.2)
`),
    ).toEqual([]);
  });

  it('a name that no branch sets for what isn’t known here may be set', () => {
    expect(
      problemsOf(`def create_loss(loss, smoothing=0.1):
    if loss == 'ce':
        criterion = nn.CrossEntropyLoss()
    elif loss == 'smooth':
        criterion = nn.CrossEntropyLoss(label_smoothing=smoothing)
    return criterion
criterion = create_loss(args.loss)
`),
    ).toEqual([]);
  });

  it('an α without effect', () => {
    const [problem] = problemsOf(
      `${LOSS}        return F.nll_loss(logp, target)\nloss = LabelSmoothingLoss(4, smoothing=0.2)\n`,
    );
    expect(problem).toMatchObject({
      rule: 'alpha-unused',
      argument: 'smoothing',
      fixed: null,
      code: 'smoothing',
    });
  });

  it('an α of its own, which the argument only switches on', () => {
    const [problem] = problemsOf(`def smooth_loss(logits, target, smoothing=0.1):
    if not smoothing:
        return F.cross_entropy(logits, target)
    return F.cross_entropy(logits, target, label_smoothing=0.2)
loss = smooth_loss(z, y, smoothing=0.3)
`);
    expect(problem).toMatchObject({ rule: 'alpha-unused', argument: 'smoothing', fixed: 0.2 });
  });

  it('1 − α in place of α', () => {
    const [problem] = problemsOf(`def smooth_loss(logits, target, smoothing=0.1):
    return F.cross_entropy(logits, target, label_smoothing=1 - smoothing)
loss = smooth_loss(z, y, smoothing=0.1)
`);
    expect(problem).toMatchObject({ rule: 'alpha-complement', argument: 'smoothing', alpha: 0.1 });
    expect(problem!.mended).toContain('loss = smooth_loss(z, y, smoothing=0.9)');
  });

  it('a mean that is over the classes, too', () => {
    const [problem] = problemsOf(
      `${LOSS}${EVEN}        return (-q * logp).mean()\nloss = LabelSmoothingLoss(4, 0.2)\n`,
    );
    expect(problem).toMatchObject({ rule: 'mean-over-classes', code: 'return (-q * logp).mean()' });
  });

  it('class weights that are never used', () => {
    const [problem] = problemsOf(
      `${LOSS}${EVEN}        return -(q * logp).sum(-1).mean()
loss = LabelSmoothingLoss(4, 0.2, weight=torch.tensor([1.0, 2.0, 3.0, 4.0]))
`,
    );
    expect(problem).toMatchObject({ rule: 'weights-unused', code: 'weight' });
  });

  it('a constructor that skips the one of its base, and the call that is missing', () => {
    const body = `${LOSS}${EVEN}        return -(q * logp).sum(-1).mean()\nloss = LabelSmoothingLoss(4, 0.2)\n`;
    const [problem, ...others] = problemsOf(body.replace('        super().__init__()\n', ''));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'call-fails', error: 'AttributeError', code: 'def __init__' });
    expect(problem!.mended).toBe(HEAD + body);
  });

  it('a name that is used before it is set', () => {
    const [problem] = problemsOf(`def label_smoothing_loss(logits, target, smoothing=0.1):
    rows = rows - smoothing * logits.log_softmax(-1).mean(-1)
    return rows.mean()
loss = label_smoothing_loss(z, y, smoothing=0.1)
`);
    expect(problem).toMatchObject({ rule: 'call-fails', error: 'UnboundLocalError' });
    expect(problem!.code).toContain('rows = rows');
  });
});

describe('what running a loss says of it', () => {
  it('which lines make the targets, and that it equals PyTorch’s', () => {
    const { executed } = lossOf(
      `${HEAD}${LOSS}${EVEN}        return -(q * logp).sum(-1).mean()\nloss = LabelSmoothingLoss(4, 0.2)\n`,
    );
    expect(executed).toMatchObject({
      kind: 'read',
      made: { place: { line: 9 }, lastLine: 10 },
      reduction: 'mean',
      against: { alpha: 0.2, equal: true },
    });
  });

  it('which line stopped it: then there’s no convention', () => {
    const { executed, convention, form } =
      lossOf(`${HEAD}${LOSS}        q = their.smooth(target, self.smoothing)
        return -(q * logp).sum(-1).mean()
loss = LabelSmoothingLoss(4, 0.2)
`);
    expect([convention, form]).toEqual([null, null]);
    expect(executed).toMatchObject({ kind: 'stopped', place: { line: 9 } });
  });

  it('that α isn’t known where a decorator sets what the call leaves out', () => {
    const text = `import gin\n${HEAD}@gin.configurable\n${LOSS}${EVEN}        return -(q * logp).sum(-1).mean()\n`;
    const left = lossOf(`${text}loss = LabelSmoothingLoss(4)\n`);
    expect(left).toMatchObject({ alpha: { value: undefined, state: 'unknown' } });
    const given = lossOf(`${text}loss = LabelSmoothingLoss(4, 0.2)\n`);
    expect(given).toMatchObject({ alpha: { value: 0.2 }, convention: 'UNIFORM_K' });
  });

  it('the same of one that hands α on', () => {
    const text = `import gin\n${HEAD}@gin.configurable
class LabelSmoothingLoss(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.loss = nn.CrossEntropyLoss(label_smoothing=smoothing)
    def forward(self, z, y):
        return self.loss(z, y)
`;
    expect(lossOf(`${text}loss = LabelSmoothingLoss()\n`).alpha.state).toBe('unknown');
    expect(lossOf(`${text}loss = LabelSmoothingLoss(0.2)\n`).alpha.value).toBe(0.2);
  });

  it('in sentences: its value, its gradient, and what it holds for', () => {
    const { executed } = lossOf(`${HEAD}class LabelSmoothingLoss(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.s = smoothing
    def forward(self, z, y):
        if not self.training or len(z) > 64:
            return F.cross_entropy(z, y)
        lp = z.log_softmax(1)
        return (1 - self.s) * F.nll_loss(lp, y) - self.s * lp.mean().item()
loss = LabelSmoothingLoss(0.2)
`);
    expect(executedWords({ executed, name: 'LabelSmoothingLoss' })).toBe(
      'Found by running the loss: the targets are made in line 12. ' +
        'Its value equals F.cross_entropy(label_smoothing=0.2) on 60 random rows for K = 2, 3, 5. ' +
        'A part of it is detached (line 12): the gradient isn’t that of these targets. ' +
        'In evaluation, or later in training, it computes another loss. ' +
        'All of this holds only while len(z) > 64 is false (line 9).',
    );
  });
});
