import { describe, expect, it, vi } from 'vitest';
import { sameLoss } from '../../../../src/analysis/claims/executedAsUniform.ts';
import { effectOf } from '../../../../src/analysis/claims/smoothingEffect.ts';
import { foundConfig } from '../../../../src/answers/foundConfig.ts';
import { specFiguresOf } from '../../../../src/loss/theory/specFigures.ts';
import { analyzed } from '../../analysis/corpus.ts';
import { documentOf, shownOf } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\nnum_classes = 4\n';
const lossWith = (body: string) => `${HEAD}class SmoothLoss(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing
    def forward(self, logits, target):
        logp = logits.log_softmax(-1)
${body}
loss = SmoothLoss(0.2)
`;

function saidOf(text: string) {
  const config = analyzed(text, 'python').configs.at(-1)!;
  return { ...shownOf(config, documentOf(text)), config };
}

describe('a hand-written loss is said to', () => {
  it('equal PyTorch’s, on so many rows, with the line that makes its targets', () => {
    const { hover } = saidOf(
      lossWith(`        nll = F.nll_loss(logp, target)
        return (1 - self.smoothing) * nll - self.smoothing * logp.mean()`),
    );
    expect(hover).toContain('targets are made in line 12');
    expect(hover.replaceAll('\\', '')).toContain(
      'It equals F.cross_entropy(label_smoothing=0.2) on 60 random rows for K = 2, 3, 5.',
    );
  });

  it('differ from it, and by how much', () => {
    const { hover, lens } = saidOf(
      lossWith(`        q = torch.full_like(logp, self.smoothing / 4).scatter_(1, target[:, None], 1 - self.smoothing)
        return -(q * logp).sum(-1).mean()`),
    );
    expect(hover.replaceAll('\\', '')).toMatch(
      /It differs from F\.cross_entropy\(.*\) by up to [\d.]+ nats on/,
    );
    expect(hover).toContain('sum 0.95');
    expect(lens).toContain('0.8 / 0.05');
  });

  it('be still to run: then nothing is said of its targets, nor is anything copied', () => {
    const text = lossWith(`        nll = F.nll_loss(logp, target)
        return (1 - self.smoothing) * nll - self.smoothing * logp.mean()`);
    const config = { ...analyzed(text, 'python').configs.at(-1)!, executed: { kind: 'pending' } as const };
    const { hover, lens, snapshot } = shownOf(config, documentOf(text));
    expect(lens).toBe('α 0.2 · K 4 · not run yet | Smooth labels');
    expect(hover).toContain('SmoothLoss hasn’t been run yet.');
    expect(hover).not.toMatch(/floor|0\.85|Copy for/);
    expect(snapshot.notes.join(' ')).toContain('How SmoothLoss uses α isn’t known here');
    expect(
      foundConfig(config, null, () => ({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })),
    ).toMatchObject({ executed: null, execution: null });
  });

  it('stop at a line: then nothing is said of its targets', () => {
    const text = lossWith(`        q = their_targets(target, self.smoothing)
        return -(q * logp).sum(-1).mean()`).replace('num_classes = 4', 'from theirs import their_targets');
    const { hover, lens, config } = saidOf(text);
    expect(hover.replaceAll('\\', '')).toContain('It stopped at line');
    expect(lens).not.toContain('→');
    const { executed, execution, convention, floor } = foundConfig(config, null, ({ from, to }) => ({
      start: { line: text.slice(0, from).split('\n').length - 1, character: 0 },
      end: { line: text.slice(0, to).split('\n').length - 1, character: 0 },
    }));
    expect([executed, convention, floor]).toEqual(['stopped', undefined, null]);
    expect(execution?.message).toContain('couldn’t be found out');
    expect(execution?.range?.start.line).toBeGreaterThan(9);
  });
});

describe('targets that are known by running a loss alone', () => {
  const FILLED = `        q = torch.full_like(logp, self.smoothing / 4).scatter_(1, target[:, None], 1 - self.smoothing)
`;

  it('are shown in the panel divided by their sum, with what that does to the loss', () => {
    const { snapshot, lens, hover } = saidOf(lossWith(`${FILLED}        return -(q * logp).sum(-1).mean()`));
    expect(lens).toContain('0.8 / 0.05 · floor 0.579 nats');
    // u = 4 · 0.05 / 0.95, whose floor is 0.579146 / 0.95.
    expect(snapshot).toMatchObject({ convention: 'UNIFORM_K', form: 'ce', labelSmoothing: 0.210526315789 });
    const { floor } = specFiguresOf('UNIFORM_K', snapshot.labelSmoothing!, 4, 'ce');
    expect(0.95 * floor).toBeCloseTo(0.579146, 6);
    expect(snapshot.notes[0]).toBe(
      'The targets of SmoothLoss are 0.8 and 0.05. They sum to 0.95. Divided by that sum, they equal the targets of α = 0.2105 under PyTorch’s definition. The code’s loss is 0.95 times the one shown.',
    );
    expect(hover).not.toContain('Copy for');
  });

  it('of a divergence are shown as one, with what is added', () => {
    const { snapshot } = saidOf(lossWith(`${FILLED}        return F.kl_div(logp, q, reduction='batchmean')`));
    expect(snapshot).toMatchObject({ convention: 'UNIFORM_K', form: 'kl', labelSmoothing: 0.210526315789 });
    // 0.95 ln 0.95
    expect(snapshot.notes[0]).toContain('The code’s loss is 0.95 times the one shown, plus −0.0487 nats.');
  });

  it('are copied where a framework has the same loss', () => {
    const squared = `        a = self.smoothing ** 2
        q = torch.full_like(logp, a / 4).scatter_(1, target[:, None], 1 - a + a / 4)
        return -(q * logp).sum(-1).sum()`;
    const { snapshot, hover, config } = saidOf(lossWith(squared));
    expect(snapshot).toMatchObject({ convention: 'UNIFORM_K', labelSmoothing: 0.04 });
    expect(hover).toContain('Copy for');
    expect(config.executed).toMatchObject({ kind: 'read', reduction: 'sum' });
    expect(sameLoss(config, effectOf(config), 4, 'ce')).toEqual({ convention: 'UNIFORM_K', alpha: 0.04 });
  });

  it('with class weights have no floor', () => {
    const { snapshot } = saidOf(
      lossWith(`${FILLED}        w = torch.tensor([1.0, 2.0, 3.0, 4.0])
        return -(w * q * logp).sum(-1).mean()`),
    );
    expect(snapshot.notes.join(' ')).not.toContain('times the one shown');
  });
});
