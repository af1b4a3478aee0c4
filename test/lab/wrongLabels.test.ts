import { afterAll, expect, it } from 'vitest';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

it('with 20 % wrong labels α = 0.3 is right at least 2 points more often', async () => {
  const trained = await trainedComparison(trainer, plannedComparison('wrongLabels', 'digits-20'), {
    alphas: [0, 0.3],
  });
  const { code, interval } = trained.verdict(0.3, 'accuracy-up');
  expect(code).toBe('seen');
  expect(interval.mean).toBeGreaterThan(0.02);
  // Stopped early α = 0 would have been better than at the end.
  const best = Math.max(...trained.snapshots.map(({ epoch }) => trained.mean(0, 'accuracy', epoch)));
  expect(best).toBeGreaterThan(trained.mean(0, 'accuracy') + 0.02);
});
