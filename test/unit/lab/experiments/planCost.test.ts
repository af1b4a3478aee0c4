import { expect, it } from 'vitest';
import { comparisonPlan } from '../../../../src/lab/experiments/comparison.ts';
import { loadedData } from '../../../../src/lab/experiments/loadedData.ts';
import { STORIES } from '../../../../src/lab/experiments/stories.ts';
import { roughMilliseconds } from '../../../../src/lab/training/planCost.ts';
import { finish } from '../../../../src/loss/work.ts';

it('about how long a comparison takes grows with its networks, epochs and rows', async () => {
  const { settings } = STORIES.find(({ id }) => id === 'calibration')!.comparisons[0]!;
  const digits = await loadedData('digits');
  const seconds = (change: Partial<typeof settings> = {}, count = 8) =>
    roughMilliseconds(finish(comparisonPlan({ ...settings, ...change }, digits, { first: 0, count }))!) /
    1000;
  // Measured: 6 to 9 s.
  expect(seconds()).toBeGreaterThan(5);
  expect(seconds()).toBeLessThan(10);
  expect(seconds({}, 16) / seconds()).toBeCloseTo(2, 0);
  expect(seconds({ epochs: 200 }) / seconds()).toBeGreaterThan(1.7);
  expect(seconds({ sizes: { train: 1200, validation: 300 } }) / seconds()).toBeGreaterThan(2.5);
});
