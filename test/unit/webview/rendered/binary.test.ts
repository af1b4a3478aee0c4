// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import { RenderedPanel } from './renderedPanel.ts';

const OUTPUTS = { num_classes: 2, logits: [[0.85], [-1.15], [2.5]], labels: [1, 0, 0] };

let panel: RenderedPanel;
beforeAll(async () => {
  panel = await RenderedPanel.start();
});

describe('one output per row of a binary model', () => {
  it('has the loss of a sigmoid with labels smoothed by α/2, as two classes', async () => {
    await panel.show(OUTPUTS);
    // The mean of q·ln(1 + e^−z) + (1 − q)·ln(1 + e^z) with q = 0.9·y + 0.05, in float64.
    expect(panel.exact('loss')).toBeCloseTo(1.061611795307048, 7);
    const facts = panel.text('header .facts');
    expect(facts).toContain('3 × 2 logits');
    expect(facts).toContain('accuracy 66.7 %');
    expect(facts).toContain('binary: one output per row');
  });

  it('can be taken for something else than it looks like', async () => {
    await panel.show({ num_classes: 2, outputs: [[0.5], [0.75]], labels: [1, 0] });
    expect(panel.text('body')).not.toContain('multi-label');
    expect(panel.value('kind')).toBe('probabilities');
    await panel.type('alpha', '0');
    expect(panel.exact('loss')).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 7);
    await panel.choose('kind', 'logits');
    expect(panel.value('kind')).toBe('logits');
    expect(panel.exact('loss')).toBeCloseTo((Math.log1p(Math.exp(-0.5)) + Math.log1p(Math.exp(0.75))) / 2, 7);
    await panel.choose('kind', 'probabilities');
    expect(panel.exact('loss')).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 7);
  });
});
