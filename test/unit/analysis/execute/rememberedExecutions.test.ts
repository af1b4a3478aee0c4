import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../../src/analysis/claims/lossClaims.ts';
import type { AnalysisContext, LossConfig } from '../../../../src/analysis/lossConfig.ts';
import { LossDocument } from '../../../../src/analysis/lossDocument.ts';
import { finish } from '../../../../src/loss/work.ts';

const FORWARD = `
    def forward(self, logits, target):
        logp = logits.log_softmax(-1)
        nll = -logp.gather(-1, target.unsqueeze(1)).squeeze(1)
        return ((1 - self.smoothing) * nll - self.smoothing * logp.mean(-1)).mean()
`;
const CLASS = `import torch
from torch import nn

class LabelSmoothingLoss(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing
`;

/** The losses that are made by these calls, in order. */
function configsOf(
  definition: string,
  calls: readonly string[],
  context: AnalysisContext = {},
): readonly LossConfig[] {
  const text = `${definition}\n${calls.map((call, i) => `loss_${i} = ${call}\n`).join('')}`;
  const { configs } = finish(new LossDocument('python').analyze(text, context));
  return configs.filter(({ span }) => span.from > definition.length);
}

/** What came of executing each of them. */
function executedOf(
  definition: string,
  calls: readonly string[],
  context: AnalysisContext = {},
): readonly (string | null)[] {
  return configsOf(definition, calls, context).map(({ executed }) => executed?.kind ?? null);
}

describe('what is executed is remembered', () => {
  it('a loss that is made 40 times in the same way is read each time', () => {
    const calls = new Array<string>(40).fill('LabelSmoothingLoss(smoothing=0.2)');
    expect(executedOf(CLASS + FORWARD, calls)).toEqual(new Array(40).fill('read'));
  });

  it('by what it is given: an α that is clamped on its way is another one', () => {
    const clamps = CLASS.replace('= smoothing\n', '= min(smoothing, 0.5)\n');
    const calls = [0.2, 0.7, 0.2].map((alpha) => `LabelSmoothingLoss(smoothing=${alpha})`);
    expect(configsOf(clamps + FORWARD, calls).map(({ alpha }) => alpha.value)).toEqual([0.2, undefined, 0.2]);
  });

  it('by what the module does behind it: a constant that is changed there is another one', () => {
    const scaled = `${CLASS.replace('= smoothing\n', '= smoothing * SCALES[0]\n')}${FORWARD}\nSCALES = [1.0]\n`;
    const call = ['LabelSmoothingLoss(smoothing=0.2)'];
    expect(executedOf(scaled, call)).toEqual(['read']);
    expect(executedOf(`${scaled}SCALES[0] = 0.5\n`, call)).toEqual(['stopped']);
    expect(executedOf(scaled, call)).toEqual(['read']);
  });

  it('a class that cannot be called is none, whatever it is given', () => {
    const calls = Array.from({ length: 40 }, (_, i) => `LabelSmoothingLoss(smoothing=0.${i + 1})`);
    expect(executedOf(CLASS, calls)).toEqual(new Array(40).fill('stopped'));
  });
});

describe('a file of many losses', () => {
  const classes = Array.from({ length: 24 }, (_, i) =>
    (CLASS + FORWARD)
      .replace('LabelSmoothingLoss', `LabelSmoothingLoss${i}`)
      .replace('logp.mean(-1)', `logp.mean(-1) * ${i + 1}.0 / ${i + 1}.0`),
  ).join('\n');
  const calls = Array.from({ length: 24 }, (_, i) => `LabelSmoothingLoss${i}(0.2)`);

  const FIRST = { runs: 'some' } as const;
  const read = (kinds: readonly (string | null)[]) => kinds.filter((kind) => kind === 'read').length;

  it('is executed as far as anybody waits; nothing is claimed of the rest, which is run later', () => {
    const first = configsOf(classes, calls, FIRST);
    const pending = first.filter(({ executed }) => executed?.kind === 'pending');
    expect(read(first.map(({ executed }) => executed?.kind ?? null))).toBeGreaterThan(3);
    expect(pending.length).toBeGreaterThan(3);
    for (const config of pending)
      expect(claimsOf(config, 4)).toEqual({
        effect: { kind: 'pending', alpha: 0.2 },
        convention: null,
        targets: null,
        floor: null,
      });
    expect(executedOf(classes, calls)).toEqual(new Array(24).fill('read'));
  });

  it('what is known by its text costs nothing', () => {
    const other = classes.replaceAll('.0 /', '.00 /');
    const first = read(executedOf(other, calls, FIRST));
    const second = read(executedOf(`# A line more.\n${other}`, calls, FIRST));
    expect(second).toBeGreaterThan(first);
  });

  it('places are where they are after the edit', () => {
    const line = (text: string) => {
      const [config] = configsOf(text, ['LabelSmoothingLoss(0.2)']);
      return config?.executed?.kind === 'read' ? config.executed.made?.place.line : null;
    };
    const before = line(CLASS + FORWARD);
    expect(before).toBeGreaterThan(0);
    expect(line(`\n\n\n${CLASS}${FORWARD}`)).toBe(before! + 3);
  });

  it('is not executed any further once ten million steps are spent', () => {
    // Each spends all that one run may, in next to no time: large tensors cost many steps.
    const endless = Array.from(
      { length: 160 },
      (_, i) =>
        `def smooth_loss_${i}(logits, labels, smoothing=0.1):\n    while True:\n        q = torch.zeros(${190_000 + i})\n`,
    ).join('');
    const losses = Array.from({ length: 160 }, (_, i) => `smooth_loss_${i}(logits, labels, smoothing=0.2)`);
    const reasons = configsOf(`import torch\n${endless}`, losses).map(({ executed }) =>
      executed?.kind === 'stopped' ? executed.reason : executed?.kind,
    );
    const ended = reasons.filter((reason) => reason === 'long').length;
    // 60,000 steps for each one, and what the last tensor costs beyond that.
    expect(ended).toBeGreaterThan(130);
    expect(ended).toBeLessThan(150);
    expect(reasons.slice(ended)).toEqual(new Array(160 - ended).fill('many'));
  });
});
