import { afterAll, expect, it } from 'vitest';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

it('clouds: smoothing cures over-confidence, and brings the network no nearer the truth', async () => {
  const trained = await trainedComparison(trainer, plannedComparison('overconfidence', 'clouds'));
  expect(trained.verdict(0.3, 'confidence-nearer').code).toBe('seen');
  expect(trained.verdict(0.3, 'mistakes-cheaper').code).toBe('seen');
  expect(trained.verdict(0.3, 'nearer-truth').code).not.toBe('seen');
  expect(trained.verdict(0.3, 'accuracy-up').code).not.toBe('seen');
});
