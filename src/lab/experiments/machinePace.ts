import { finish } from '../../loss/work.ts';
import { roughMilliseconds } from '../training/planCost.ts';
import type { Trainer } from '../training/trainer.ts';
import { comparisonPlan } from './comparison.ts';
import { loadedData } from './loadedData.ts';
import { USUAL_SETTINGS } from './stories.ts';

/** Long enough to be measured, short enough not to be noticed: some 0.2 s each where `roughMilliseconds` was measured. */
const TRIAL = {
  ...USUAL_SETTINGS,
  sizes: { train: 200, validation: 50, test: 50 },
  hidden: [64, 64],
  epochs: 6,
} as const;
const TRIAL_SEEDS = 4;

/**
 * How many times as long as `roughMilliseconds` has it training takes on this machine, by training a few networks: the second time, since
 * code is compiled in the first. 1 if that can't be told. `now` is a clock in milliseconds.
 */
export async function machinePace(trainer: Trainer, now: () => number): Promise<number> {
  const plan = finish(comparisonPlan(TRIAL, await loadedData('digits'), { first: 0, count: TRIAL_SEEDS }));
  if (!plan) return 1;
  let took = 0;
  for (let time = 0; time < 2; time++) {
    const run = await trainer.begin(plan, {});
    if ('reason' in run) return 1;
    const start = now();
    await run.goOn();
    took = now() - start;
    await run.release();
  }
  return took / roughMilliseconds(plan);
}
