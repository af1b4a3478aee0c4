// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest';
import { RenderedPanel } from './renderedPanel.ts';

/** Outputs of sigmoids, and what is right by itself: nothing in row 1. */
const OUTPUTS = {
  probs: [
    [0.9, 0.8, 0.1],
    [0.2, 0.7, 0.6],
  ],
  labels: [
    [1, 1, 0],
    [0, 0, 0],
  ],
};

let panel: RenderedPanel;
beforeAll(async () => {
  panel = await RenderedPanel.start();
});

describe('a source in which several classes can be right', () => {
  it('has the loss of a sigmoid with smoothed labels, and says nothing of a softmax', async () => {
    await panel.show(OUTPUTS);
    // NumPy: the mean over rows and classes of the binary cross-entropy with 0.9·y + 0.05.
    expect(panel.exact('loss')).toBeCloseTo(0.5121642359275008, 7);
    const facts = panel.text('header .facts');
    expect(facts).toContain('2 × 3 sigmoid outputs');
    expect(facts).toContain('targets from labels (one for each class)');
    expect(facts).toContain('multi-label: sigmoid loss');
    expect(facts).not.toContain('accuracy');
    expect(panel.text('body')).not.toContain('softmax');
  });

  it('has no target of a row, but one of each class, also where no class is right', async () => {
    await panel.show(OUTPUTS);
    await panel.selectRow(1);
    expect(panel.cells('.rows tbody').filter((cells) => cells.length > 0)[0]).toEqual([
      '1',
      '–',
      '1',
      '–',
      '0.7834',
      '0.7811',
      '0.1985',
      '0.5848',
    ]);
    const numbers = (await panel.numbers('Row 1')).map((cells) => cells.map(Number));
    expect(numbers.map(([, hard]) => hard)).toEqual([0, 0, 0]);
    expect(numbers.map(([, , smoothed]) => smoothed)).toEqual([0.05, 0.05, 0.05]);
    const gradient = [0.05, 0.21666667, 0.18333333];
    for (const [k, cells] of numbers.entries()) expect(cells[4]).toBeCloseTo(gradient[k]!, 7);
  });

  it('has no calibration of one class', async () => {
    await panel.show(OUTPUTS, 'Calibration');
    expect(panel.text('[data-figure="refused"]')).toContain('a row can have several true classes');
  });
});
