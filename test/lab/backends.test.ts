import { afterAll, expect, it } from 'vitest';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const trainers = [startedTrainer('wasm'), startedTrainer('cpu')];
afterAll(() => {
  for (const trainer of trainers) trainer.dispose();
});

it.each(['wine', 'iris', 'breast'] as const)('both backends have the same verdicts on %s', async (data) => {
  const [wasm, cpu] = await Promise.all(
    trainers.map(async (trainer) => {
      const trained = await trainedComparison(trainer, plannedComparison('hurts', data), { epochs: 60 });
      const verdicts = (['accuracy-up', 'ece-falls', 'gap-bounded', 'clusters-tighter'] as const).map(
        (claim) => trained.verdict(0.1, claim).code,
      );
      return { verdicts, gap: trained.mean(0.1, 'gap') };
    }),
  );
  expect(cpu!.verdicts).toEqual(wasm!.verdicts);
  expect(cpu!.gap).toBeCloseTo(wasm!.gap, 1);
});
