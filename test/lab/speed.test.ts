import { afterAll, expect, it } from 'vitest';
import { USUAL_SETTINGS } from '../../src/lab/experiments/stories.ts';
import type { TrainingPlan } from '../../src/lab/training/trainingPlan.ts';
import { begun, drawnRows, smoothing } from '../unit/engine/trainer/training/plans.ts';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

// 16 networks, 64-64-64-10, 100 epochs, everything measured 21 times. By the processor's time of all threads, which is no less than what
// a clock shows on an idle machine, and hardly more where others are busy.

async function processorSeconds(what: string, work: () => Promise<unknown>): Promise<number> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1e6;
  const passed = (performance.now() - start) / 1000;
  console.log(`${what}: ${took.toFixed(1)} s of processor time in ${passed.toFixed(1)} s`);
  return took;
}

it('16 networks learn 300 digits in at most 20 s', async () => {
  await trainer.backend();
  const took = await processorSeconds('300 rows', () =>
    trainedComparison(trainer, plannedComparison('calibration', 'digits')),
  );
  expect(took).toBeLessThan(20);
});

it('16 networks learn 2,000 rows in at most 100 s', async () => {
  const splits = Array.from({ length: 8 }, (_, seed) => ({
    train: drawnRows(seed, 2000, 64, 10),
    validation: drawnRows(100 + seed, 300, 64, 10),
    test: drawnRows(200 + seed, 1200, 64, 10),
  }));
  const { optimizer, weightDecay, batchSize } = USUAL_SETTINGS;
  const plan: TrainingPlan = {
    inputs: 64,
    hidden: [64, 64],
    outputs: 10,
    optimizer,
    weightDecay,
    batchSize,
    epochs: 100,
    marks: Array.from({ length: 21 }, (_, i) => 5 * i),
    splits,
    networks: [0, 0.1].flatMap((alpha) =>
      splits.map((_, split) => ({ seed: split, split, loss: smoothing(alpha) })),
    ),
    pictures: { plane: null, probe: null },
  };
  const took = await processorSeconds('2,000 rows', async () => {
    const run = await begun(trainer, plan);
    await run.goOn();
    await run.release();
  });
  expect(took).toBeLessThan(100);
});
