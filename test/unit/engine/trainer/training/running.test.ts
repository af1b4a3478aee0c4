import { afterAll, describe, expect, it, vi } from 'vitest';
import { FIGURES, figureOf } from '../../../../../src/lab/measure/labFigures.ts';
import type { TrainingProgress, TrainingSnapshot } from '../../../../../src/lab/training/trainer.ts';
import { begun, drawnRows, learnt, smallPlan, smoothing } from './plans.ts';
import { startedTrainer } from './startedTrainer.ts';

// A busy machine trains slowly.
vi.setConfig({ testTimeout: 120_000 });

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

/** Long enough to be interrupted. */
const LONG = smallPlan({
  epochs: 150,
  marks: [0, 1, 50, 100],
  pictures: { plane: null, probe: null },
});

describe('a run', () => {
  it('measures its marks and its end, once each, as typed arrays', async () => {
    const snapshots: TrainingSnapshot[] = [];
    const run = await begun(trainer, smallPlan(), { onSnapshots: (more) => snapshots.push(...more) });
    expect(await run.goOn()).toEqual({ kind: 'finished', epoch: 6 });
    expect(await run.goOn()).toEqual({ kind: 'finished', epoch: 6 });
    await run.release();
    expect(snapshots.map(({ epoch }) => epoch)).toEqual([0, 1, 3, 6]);
    const { figures, planes, probe } = snapshots.at(-1)!;
    expect(figures).toBeInstanceOf(Float64Array);
    expect(figures).toHaveLength(4 * FIGURES.length);
    expect(planes).toHaveLength(4);
    expect(planes[0]!.train.points).toHaveLength(2 * planes[0]!.train.classes.length);
    expect(probe).toHaveLength(4 * 3 * 5);
    for (let at = 0; at < probe!.length; at += 5)
      expect(probe!.subarray(at, at + 5).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
  });

  it('stops within an epoch when it’s paused, is measured there, and ends with the same bits when it goes on', async () => {
    const snapshots: TrainingSnapshot[] = [];
    const run = await begun(trainer, LONG, { onSnapshots: (more) => snapshots.push(...more) });
    setTimeout(() => run.pause(), 150);
    const paused = await run.goOn();
    expect(paused.kind).toBe('paused');
    expect(paused.epoch).toBeGreaterThan(0);
    expect(paused.epoch).toBeLessThan(150);
    expect(snapshots.at(-1)!.epoch).toBe(paused.epoch);
    expect(await run.goOn()).toEqual({ kind: 'finished', epoch: 150 });
    const interrupted = await run.parameters();
    await run.release();
    expect(interrupted).toEqual(await learnt(trainer, LONG));
    expect(new Set(snapshots.map(({ epoch }) => epoch)).size).toBe(snapshots.length);
  });

  it('tells how far it is at most ten times a second', async () => {
    const told: { at: number; progress: TrainingProgress }[] = [];
    const run = await begun(trainer, LONG, {
      onProgress: (progress) => told.push({ at: performance.now(), progress }),
    });
    const start = performance.now();
    await run.goOn();
    const took = performance.now() - start;
    await run.release();
    expect(told.length).toBeLessThan(took / 100 + 3);
    expect(told.at(-1)!.progress).toEqual({ epoch: 150, epochs: 150, msLeft: 0 });
  });

  it('is rejected when it’s released while it trains, and the worker goes on', async () => {
    const run = await begun(trainer, LONG);
    const going = run.goOn();
    setTimeout(() => void run.release(), 60);
    await expect(going).rejects.toThrow('Released');
    expect((await learnt(trainer, smallPlan())).length).toBe(6);
  });

  it('trains once at a time', async () => {
    const run = await begun(trainer, LONG);
    const going = run.goOn();
    await expect(run.goOn()).rejects.toThrow('trains already');
    setTimeout(() => void run.release(), 0);
    await expect(going).rejects.toThrow('Released');
  });

  it('stops where a loss is no number any more, names the network, and goes on without it', async () => {
    const plan = smallPlan({
      epochs: 4,
      marks: [],
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0 },
    });
    const [first, second] = plan.splits;
    // The first step goes beyond float32.
    const broken = { ...first!, train: { ...first!.train, features: first!.train.features.map(() => 3e38) } };
    const run = await begun(trainer, { ...plan, splits: [broken, second!] });
    const state = await run.goOn();
    expect(state).toEqual({ kind: 'broken', epoch: 1, networks: [0, 2] });
    expect(await run.goOn([0, 2])).toEqual({ kind: 'finished', epoch: 4 });
    const logits = await run.logits(second!.test.features, second!.test.labels.length);
    await run.release();
    const alone = await begun(trainer, plan);
    await alone.goOn();
    const sound = await alone.logits(second!.test.features, second!.test.labels.length);
    await alone.release();
    const size = 5 * second!.test.labels.length;
    expect(logits.subarray(size, 2 * size)).toEqual(sound.subarray(size, 2 * size));
  });

  it('measures what the logits say', async () => {
    const snapshots: TrainingSnapshot[] = [];
    const plan = smallPlan();
    const run = await begun(trainer, plan, { onSnapshots: (more) => snapshots.push(...more) });
    await run.goOn();
    const { test } = plan.splits[1]!;
    const logits = await run.logits(test.features, test.labels.length);
    await run.release();
    const own = logits.subarray(3 * 5 * test.labels.length);
    const right = test.labels.filter((label, row) => {
      const z = own.subarray(5 * row, 5 * row + 5);
      return z.indexOf(Math.max(...z)) === label;
    });
    expect(figureOf(snapshots.at(-1)!.figures, 3, 'accuracy')).toBe(right.length / test.labels.length);
  });

  it('is refused with the reason if its plan can’t be carried out', async () => {
    const plan = smallPlan();
    const refused = (change: Parameters<typeof smallPlan>[0]) => trainer.begin(smallPlan(change), {});
    expect(await refused({ networks: [] })).toEqual({ reason: 'no-networks' });
    expect(await refused({ hidden: [1, 2, 3, 4] })).toEqual({ reason: 'layers', found: 4 });
    expect(await refused({ epochs: 0.5 })).toEqual({ reason: 'not-a-number' });
    const infinite = drawnRows(1, 70);
    infinite.features[8 * 13 + 4] = Number.POSITIVE_INFINITY;
    expect(await refused({ splits: [{ ...plan.splits[0]!, train: infinite }, plan.splits[1]!] })).toEqual({
      reason: 'not-finite',
      split: 0,
      row: 13,
      column: 4,
    });
    const wrong = drawnRows(1, 70);
    wrong.labels[3] = 5;
    expect(await refused({ splits: [{ ...plan.splits[0]!, train: wrong }, plan.splits[1]!] })).toEqual({
      reason: 'label',
      split: 0,
      row: 3,
    });
    expect(
      await refused({ splits: [{ ...plan.splits[0]!, train: drawnRows(1, 30) }, plan.splits[1]!] }),
    ).toEqual({
      reason: 'rows-differ',
    });
    expect(await refused({ networks: [{ seed: 1, split: 2, loss: smoothing(0) }] })).toEqual({
      reason: 'no-rows',
    });
  });
});
