import { afterAll, expect, it } from 'vitest';
import { USUAL_SETTINGS } from '../../src/lab/experiments/stories.ts';
import { begun, drawnRows, smoothing } from '../unit/engine/trainer/training/plans.ts';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

// 16 networks, 64-64-64-10, 100 epochs, everything measured 21 times; alone on two cores.

it('16 networks learn 300 digits in at most 20 s', async () => {
  await trainer.backend();
  const start = performance.now();
  await trainedComparison(trainer, plannedComparison('calibration', 'digits'));
  const took = (performance.now() - start) / 1000;
  console.log(`300 rows: ${took.toFixed(1)} s`);
  expect(took).toBeLessThan(20);
});

it('16 networks learn 2,000 rows in at most 100 s', async () => {
  const splits = Array.from({ length: 8 }, (_, seed) => ({
    train: drawnRows(seed, 2000, 64, 10),
    validation: drawnRows(100 + seed, 300, 64, 10),
    test: drawnRows(200 + seed, 1200, 64, 10),
  }));
  const { optimizer, weightDecay, batchSize } = USUAL_SETTINGS;
  const start = performance.now();
  const run = await begun(trainer, {
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
  });
  await run.goOn();
  await run.release();
  const took = (performance.now() - start) / 1000;
  console.log(`2,000 rows: ${took.toFixed(1)} s`);
  expect(took).toBeLessThan(100);
});
