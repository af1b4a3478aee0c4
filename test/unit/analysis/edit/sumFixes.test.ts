import { describe, expect, it } from 'vitest';
import { sumFixes } from '../../../../src/analysis/edit/sumFixes.ts';
import { edited } from '../../../../src/analysis/edit/textEdit.ts';
import { LossDocument } from '../../../../src/analysis/lossDocument.ts';
import { finish } from '../../../../src/loss/work.ts';

const FILLED = `import torch
from torch import nn

class LabelSmoothingLoss(nn.Module):
    def __init__(self, classes, smoothing=0.1):
        super().__init__()
        self.classes, self.smoothing = classes, smoothing
    def forward(self, logits, target):
        q = torch.full_like(logits, self.smoothing / self.classes)
        q.scatter_(1, target.unsqueeze(1), 1 - self.smoothing)
        return -(q * logits.log_softmax(-1)).sum(-1).mean()

loss = LabelSmoothingLoss(4, 0.2)
`;

function lossOf(text: string) {
  return finish(new LossDocument('python').analyze(text)).configs.at(-1)!;
}

/** The text after each fix, and the convention that is found then. */
function fixesOf(text: string) {
  return finish(sumFixes(lossOf(text), { text, language: 'python' })).map((edit) => {
    const after = edited(text, [edit]);
    return { convention: lossOf(after).convention, written: edit.text };
  });
}

describe('targets that don’t sum to 1', () => {
  it('do, once the true class gets its share back or the others get all of α', () => {
    expect(fixesOf(FILLED)).toEqual([
      { convention: 'UNIFORM_K', written: '1 - self.smoothing + self.smoothing / self.classes' },
      { convention: 'UNIFORM_OTHERS', written: '(self.classes - 1)' },
    ]);
  });

  it('with 1 − α in the constructor, too', () => {
    const text = FILLED.replace(
      'self.classes, self.smoothing = classes, smoothing',
      'self.classes, self.smoothing, self.confidence = classes, smoothing, 1.0 - smoothing',
    ).replace('1 - self.smoothing)', 'self.confidence)');
    expect(fixesOf(text).map(({ convention }) => convention)).toContain('UNIFORM_OTHERS');
  });

  it('have no fix where no single edit makes them right', () => {
    expect(fixesOf(FILLED.replace('1 - self.smoothing)', '1 - 2 * self.smoothing)'))).toEqual([]);
  });

  it('nothing is offered for a loss that is right', () => {
    expect(fixesOf(FILLED.replace('/ self.classes', '/ (self.classes - 1)'))).toEqual([]);
  });
});
