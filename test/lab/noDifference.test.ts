import { afterAll, expect, it } from 'vitest';
import { type ClaimId, claimOf, judgeAgain, judgeClaim, pairsOf } from '../../src/lab/experiments/claims.ts';
import { comparisonPlan } from '../../src/lab/experiments/comparison.ts';
import type { Trainer, TrainingSnapshot } from '../../src/lab/training/trainer.ts';
import { finish } from '../../src/loss/work.ts';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison } from './trainedComparison.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

const RUNS = 200;
const SEEDS = 6;
const CLAIMS: readonly ClaimId[] = ['accuracy-up', 'ece-falls', 'mistakes-cheaper', 'nearer-truth'];
const SETTINGS = {
  ...plannedComparison('overconfidence', 'clouds').settings,
  alphas: [0.1, 0.1],
  hidden: [16],
  epochs: 20,
  pictures: { plane: null, surface: null },
};

/** Networks whose α is the same: those of a pair have the same rows, and begin elsewhere. */
async function trainedAlike(of: Trainer, first: number, count: number): Promise<TrainingSnapshot> {
  const plan = finish(comparisonPlan(SETTINGS, 'clouds', { first, count }))!;
  const networks = plan.networks.map((each, i) =>
    i < count ? each : { ...each, seed: each.seed + 1_000_000 },
  );
  let last: TrainingSnapshot | undefined;
  const run = await of.begin(
    { ...plan, networks, marks: [] },
    {
      onSnapshots: (snapshots) => {
        last = snapshots.at(-1);
      },
    },
  );
  if ('reason' in run) throw new Error(JSON.stringify(run));
  await run.goOn();
  await run.release();
  return last!;
}

it('where α makes no difference, at most 18 of 200 whole procedures say that it does', async () => {
  const wrong = new Map<ClaimId, number>();
  for (let run = 0; run < RUNS; run++) {
    const firstSeed = 2 * SEEDS * run;
    const snapshot = await trainedAlike(trainer, firstSeed, SEEDS);
    let more: TrainingSnapshot | undefined;
    for (const id of CLAIMS) {
      const claim = claimOf(id);
      const first = judgeClaim(claim, pairsOf({ snapshots: [snapshot], seeds: [SEEDS] }, 1, claim), 1, 1000);
      if (first.mayRunMore) more ??= await trainedAlike(trainer, firstSeed + SEEDS, SEEDS);
      const both = { snapshots: [snapshot, more ?? snapshot], seeds: [SEEDS, SEEDS] };
      const verdict = judgeAgain(claim, first, pairsOf(both, 1, claim), 1000);
      if (verdict.code === 'seen' || verdict.code === 'opposite') wrong.set(id, (wrong.get(id) ?? 0) + 1);
    }
  }
  console.log('wrong of 200:', Object.fromEntries(wrong));
  for (const times of wrong.values()) expect(times).toBeLessThanOrEqual(18);
});
