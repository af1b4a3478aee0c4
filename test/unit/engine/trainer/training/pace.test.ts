import { afterAll, expect, it } from 'vitest';
import { comparisonPlan } from '../../../../../src/lab/experiments/comparison.ts';
import { loadedData } from '../../../../../src/lab/experiments/loadedData.ts';
import { machinePace } from '../../../../../src/lab/experiments/machinePace.ts';
import { STORIES } from '../../../../../src/lab/experiments/stories.ts';
import { roughMilliseconds } from '../../../../../src/lab/training/planCost.ts';
import { finish } from '../../../../../src/loss/work.ts';
import { begun } from './plans.ts';
import { startedTrainer } from './startedTrainer.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

it('how long training takes on this machine is known before the first time', { retry: 2 }, async () => {
  const pace = await machinePace(trainer, () => performance.now());
  const { settings } = STORIES.find(({ id }) => id === 'calibration')!.comparisons[0]!;
  const short = { ...settings, epochs: 10 };
  const plan = finish(comparisonPlan(short, await loadedData('digits'), { first: 0, count: 8 }))!;
  const run = await begun(trainer, plan);
  const start = performance.now();
  await run.goOn();
  const ratio = (performance.now() - start) / (pace * roughMilliseconds(plan));
  await run.release();
  // The machine may be busy with something else for one of the two.
  expect(ratio).toBeGreaterThan(1 / 3);
  expect(ratio).toBeLessThan(3);
});
