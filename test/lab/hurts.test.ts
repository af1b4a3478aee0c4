import { afterAll, describe, expect, it } from 'vitest';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

describe.each(['wine', 'breast'] as const)('%s', (data) => {
  it.each([
    [12, 1],
    [24, 2],
  ] as const)('isn’t called a gain by %i seeds, and its ECE rises', async (seeds, look) => {
    const trained = await trainedComparison(trainer, plannedComparison('hurts', data), { seeds });
    expect(trained.verdict(0.1, 'accuracy-up', look).code).not.toBe('seen');
    expect(trained.verdict(0.1, 'ece-rises', look).code).toBe('seen');
  });
});
