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

  it('is what it is: its numbers can’t be taken for other values', async () => {
    await panel.show(OUTPUTS);
    expect(panel.text('body')).not.toContain('multi-label');
    expect(document.querySelector('[data-control="kind"]')).toBeNull();
    await panel.show({ logits: [[1, 2, 3]], labels: [0] });
    expect(document.querySelector('[data-control="kind"]')).not.toBeNull();
  });
});
