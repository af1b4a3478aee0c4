import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { TrainerStoppedError } from '../../../../../src/engine/trainer/trainerClient.ts';
import { begun, learnt, smallPlan } from './plans.ts';
import { startedTrainer } from './startedTrainer.ts';

describe('the trainer’s worker', () => {
  it('rejects what was asked of it when it ends by itself, and another takes its place', async () => {
    const workers: Worker[] = [];
    const trainer = startedTrainer('wasm', undefined, (worker) => workers.push(worker));
    const run = await begun(trainer, smallPlan({ epochs: 500 }));
    const going = run.goOn();
    setTimeout(() => void workers[0]!.terminate(), 50);
    await expect(going).rejects.toThrow(TrainerStoppedError);
    await expect(run.parameters()).rejects.toThrow();
    run.pause();
    await run.release();
    expect(await learnt(trainer, smallPlan())).toHaveLength(6);
    expect(workers).toHaveLength(2);
    trainer.dispose();
  });

  it('ends some time after the last run, not before, and starts again', async () => {
    const workers: Worker[] = [];
    const trainer = startedTrainer('wasm', 100, (worker) => workers.push(worker));
    const first = await begun(trainer, smallPlan());
    const second = await begun(trainer, smallPlan());
    await first.release();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await second.goOn()).toEqual({ kind: 'finished', epoch: 6 });
    const ended = once(workers[0]!, 'exit');
    await second.release();
    await ended;
    expect(await learnt(trainer, smallPlan())).toHaveLength(6);
    expect(workers).toHaveLength(2);
    trainer.dispose();
  });

  it('ends with what asked for it', async () => {
    const workers: Worker[] = [];
    const trainer = startedTrainer('wasm', undefined, (worker) => workers.push(worker));
    const run = await begun(trainer, smallPlan({ epochs: 500 }));
    const going = run.goOn();
    const ended = once(workers[0]!, 'exit');
    trainer.dispose();
    await expect(going).rejects.toThrow(TrainerStoppedError);
    await ended;
  });
});
