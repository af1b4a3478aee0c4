// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeededNumbers } from '../../../../src/lab/random/seededNumbers.ts';
import { RenderedPanel } from './renderedPanel.ts';

/** float32 has them exactly. */
const LOGITS = [
  [2, 0.5, -1],
  [0.25, 1.5, 0.125],
  [1, 1.25, -0.5],
  [0, -1, 2],
];
const TARGETS = [0, 1, 0, 1];

let panel: RenderedPanel;
beforeAll(async () => {
  panel = await RenderedPanel.start();
});
beforeEach(() => panel.show({ logits: LOGITS, targets: TARGETS }));

const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const RESULTS = '[aria-busy]:has(> .summary)';
const isMarked = () => panel.has(`${RESULTS}[aria-busy="true"]`);
const isWithheld = () => panel.has('.withheld');

/** The loss by what the controls say, computed apart. */
function lossOfControls(): number {
  const temperature = Number(panel.value('temperature'));
  const weight = panel.value('weight');
  return panel.fake.computeLoss({
    logits: LOGITS.map((row) => row.map((z) => z / temperature)),
    targets: TARGETS,
    labelSmoothing: Number(panel.value('alpha')),
    ignoreIndex: Number(panel.value('ignoreIndex')),
    weight: weight === '' ? null : weight.split(', ').map(Number),
  }).loss;
}

describe('figures of other settings than the controls have', () => {
  it('are marked at once, can’t be read a tenth of a second later, and there’s a sign', async () => {
    panel.fake.hold('setView');
    panel.set('temperature', '2');
    await tick(0);
    expect(isMarked()).toBe(true);
    await vi.waitUntil(isWithheld, { timeout: 5_000 });
    expect([isMarked(), panel.has('.working progress')]).toEqual([true, true]);
    expect(panel.text('[data-figure="accuracy"]')).toBe('accuracy …');
    panel.fake.release('setView');
    await panel.settled();
    expect([isMarked(), isWithheld(), panel.has('.working')]).toEqual([false, false, false]);
    expect(panel.exact('loss')).toBeCloseTo(lossOfControls(), 12);
  });

  it('are never shown as theirs, however quickly those change', async () => {
    const random = new SeededNumbers(3, 'moves');
    const pick = <T>(values: readonly T[]) => values[random.below(values.length)]!;
    const moves = {
      temperature: ['0.5', '1', '2', '4'],
      alpha: ['0', '0.1', '0.3'],
      weight: ['', '1, 2, 3', '3, 1, 1'],
      ignoreIndex: ['-100', '0', '1'],
    } as const;
    let shown = 0;
    for (let move = 0; move < 30; move++) {
      panel.fake.hold('setView');
      const control = pick(Object.keys(moves) as (keyof typeof moves)[]);
      panel.set(control, pick(moves[control]));
      if (random.below(2) === 0) panel.fake.release('setView');
      await tick(pick([0, 10, 200]));
      if (move % 5 === 4) {
        panel.fake.release('setView');
        await panel.settled();
      }
      if (isMarked()) continue;
      shown++;
      expect(panel.exact('loss'), `move ${move}`).toBeCloseTo(lossOfControls(), 12);
    }
    panel.fake.release('setView');
    await panel.settled();
    expect(panel.exact('loss')).toBeCloseTo(lossOfControls(), 12);
    expect(shown).toBeGreaterThan(5);
  });

  it('aren’t left beside a convention that was chosen again before the rows were measured for another', async () => {
    const before = panel.exact('loss');
    panel.fake.hold('setView');
    panel.set('convention', 'BINARY_HALF');
    await tick(20);
    panel.set('convention', 'UNIFORM_K');
    await tick(20);
    panel.fake.release('setView');
    await panel.settled();
    expect(panel.value('convention')).toBe('UNIFORM_K');
    expect(panel.exact('loss')).toBe(before);
  });

  it('stay if the others can’t be measured, and the controls go back to theirs', async () => {
    const before = panel.exact('loss');
    panel.fake.fail('setView');
    panel.set('temperature', '3');
    await panel.settled();
    panel.fake.fail('setView', false);
    expect([panel.value('temperature'), panel.exact('loss')]).toEqual(['1', before]);
  });
});
