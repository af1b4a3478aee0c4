import { describe, expect, it } from 'vitest';
import type { AnalysisContext, LossConfig } from '../../../../src/analysis/lossConfig.ts';
import { LossDocument } from '../../../../src/analysis/lossDocument.ts';
import { finish } from '../../../../src/loss/work.ts';

const FILLED = `class SmoothLoss(nn.Module):
    def __init__(self, classes, smoothing=0.1):
        super().__init__()
        self.classes, self.smoothing = classes, smoothing
    def forward(self, logits, target):
        return -(made(target, self.classes, self.smoothing) * logits.log_softmax(-1)).sum(-1).mean()
`;
const MADE = `def made(target, classes, smoothing):
    q = torch.full((target.size(0), classes), smoothing / classes)
    return q.scatter_(1, target.unsqueeze(1), 1 - smoothing)
`;
const TORCH = 'import torch\nfrom torch import nn\n';

function lastOf(text: string, context: AnalysisContext = {}): LossConfig {
  const config = finish(new LossDocument('python').analyze(text, context)).configs.at(-1);
  if (!config) throw new Error('There’s no loss');
  return config;
}

/** Its targets, where running it told them. */
function targetsOf(config: LossConfig) {
  const { executed } = config;
  return executed?.kind === 'read' ? (executed.here?.targets ?? null) : executed;
}

const TARGETS = { on: 0.8, off: 0.05, sum: 0.95 };

describe('a loss that is executed is found', () => {
  it('in the file it is imported from, with what that imports', () => {
    const modules = new Map([
      ['losses', `${TORCH}from makers import made\n${FILLED}`],
      ['makers', `import torch\n${MADE}`],
    ]);
    const text = 'from losses import SmoothLoss\nloss = SmoothLoss(4, 0.2)\n';
    const config = lastOf(text, { modules });
    expect(targetsOf(config)).toMatchObject(TARGETS);
    expect(config.executed).toMatchObject({ made: { place: { module: 'makers', line: 2 } } });
  });

  it('once a file it needs was read: that is asked for', () => {
    const modules = new Map([['losses', `${TORCH}from makers import made\n${FILLED}`]]);
    const document = new LossDocument('python');
    const text = 'from losses import SmoothLoss\nloss = SmoothLoss(4, 0.2)\n';
    const first = finish(document.analyze(text, { modules }));
    expect(first.configs.at(-1)?.executed?.kind).toBe('stopped');
    const wanted = first.wanted.map(({ key }) => key);
    expect(wanted).toContain('makers');
    modules.set('makers', `import torch\n${MADE}`);
    const config = finish(document.analyze(text, { modules })).configs.at(-1)!;
    expect(targetsOf(config)).toMatchObject(TARGETS);
    // The same loss, with another file behind the same name.
    modules.set(
      wanted[0]!,
      `import torch\n${MADE.replace('1 - smoothing)', '1 - smoothing + smoothing / classes)')}`,
    );
    const again = finish(document.analyze(text, { modules })).configs.at(-1)!;
    expect(again.convention).toBe('UNIFORM_K');
  });

  it('in the cells of a notebook, which are one module', () => {
    const cells = [TORCH, MADE, 'ALPHA = 0.2\n', FILLED];
    const config = lastOf('loss = SmoothLoss(4, ALPHA)\n', { cells });
    expect(targetsOf(config)).toMatchObject(TARGETS);
    expect(config.executed).toMatchObject({ made: { place: { cell: 1, line: 1 } } });
  });

  it('not where two cells define what it uses in different ways', () => {
    const cells = [TORCH, MADE, FILLED, MADE.replace('1 - smoothing)', '1.0)')];
    const config = lastOf('loss = SmoothLoss(4, 0.2)\n', { cells });
    expect(config.executed).toMatchObject({ kind: 'stopped', what: 'made' });
    expect(config.convention).toBeNull();
  });

  it('with another cell above edited it is another one', () => {
    const document = new LossDocument('python');
    const text = 'loss = SmoothLoss(4, 0.2)\n';
    const first = finish(document.analyze(text, { cells: [TORCH, MADE, FILLED] })).configs.at(-1)!;
    expect(targetsOf(first)).toMatchObject(TARGETS);
    const even = MADE.replace('1 - smoothing)', '1 - smoothing + smoothing / classes)');
    const second = finish(document.analyze(text, { cells: [TORCH, even, FILLED] })).configs.at(-1)!;
    expect(second.convention).toBe('UNIFORM_K');
  });
});

describe('what a loss is given where it is made', () => {
  const LOSS = `${TORCH}${MADE}${FILLED}`;

  it('isn’t what a name of the module is, where a function has that name, too', () => {
    const text = `${LOSS}K = 4\ndef build(K):\n    return SmoothLoss(K, 0.2)\n`;
    const config = lastOf(text);
    expect(config.executed?.kind).toBe('read');
    expect(targetsOf(config)).not.toMatchObject({ off: 0.05 });
  });

  it('isn’t the last of several values', () => {
    const text = `${LOSS}K = 4\nloss = SmoothLoss(K, 0.2)\nK = 10\n`;
    expect(targetsOf(lastOf(text))).toMatchObject(TARGETS);
  });
});
