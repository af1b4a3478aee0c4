import type { DataSetId } from '../../src/lab/data/dataSet.ts';
import { type ClaimId, claimOf, judgeClaim, pairsOf } from '../../src/lab/experiments/claims.ts';
import { type ComparisonSettings, comparisonPlan } from '../../src/lab/experiments/comparison.ts';
import { loadedData } from '../../src/lab/experiments/loadedData.ts';
import { STORIES, type Story, type StoryComparison } from '../../src/lab/experiments/stories.ts';
import { figureOf, type LabFigure } from '../../src/lab/measure/labFigures.ts';
import type { Look } from '../../src/lab/statistics/looks.ts';
import type { Verdict } from '../../src/lab/statistics/verdicts.ts';
import type { Trainer, TrainingSnapshot } from '../../src/lab/training/trainer.ts';
import { finish } from '../../src/loss/work.ts';

/** A comparison that was trained to its end. */
export interface TrainedComparison {
  readonly settings: ComparisonSettings;
  readonly seeds: number;
  readonly snapshots: readonly TrainingSnapshot[];
  /** A figure's mean over the seeds, at the end or after an epoch. */
  mean(alpha: number, figure: LabFigure, epoch?: number): number;
  verdict(alpha: number, claim: ClaimId, look?: Look): Verdict;
}

/** The comparison of a story on a data set, as it's planned. */
export function plannedComparison(story: Story['id'], data: DataSetId): StoryComparison {
  return STORIES.find(({ id }) => id === story)!.comparisons.find((each) => each.data === data)!;
}

/** Trains a comparison; `change` is what's different from the story's settings. */
export async function trainedComparison(
  trainer: Trainer,
  { data, settings, seeds }: StoryComparison,
  change: Partial<ComparisonSettings> & { seeds?: number } = {},
): Promise<TrainedComparison> {
  const own = { ...settings, ...change };
  const count = change.seeds ?? seeds;
  const plan = finish(comparisonPlan(own, await loadedData(data), { first: 0, count }))!;
  const snapshots: TrainingSnapshot[] = [];
  const run = await trainer.begin(plan, { onSnapshots: (more) => snapshots.push(...more) });
  if ('reason' in run) throw new Error(JSON.stringify(run));
  const state = await run.goOn();
  await run.release();
  if (state.kind !== 'finished') throw new Error(JSON.stringify(state));
  const testRows = plan.splits[0]!.test.labels.length;
  const numberOf = (alpha: number) => own.alphas.indexOf(alpha);
  return {
    settings: own,
    seeds: count,
    snapshots,
    mean(alpha, figure, epoch = own.epochs) {
      const { figures } = snapshots.find((each) => each.epoch === epoch)!;
      const values = Array.from({ length: count }, (_, seed) =>
        figureOf(figures, numberOf(alpha) * count + seed, figure),
      );
      return values.reduce((sum, x) => sum + x, 0) / count;
    },
    verdict(alpha, id, look = 1) {
      const claim = claimOf(id);
      return judgeClaim(
        claim,
        pairsOf({ snapshots: [snapshots.at(-1)!], seeds: [count] }, numberOf(alpha), claim),
        look,
        testRows,
      );
    },
  };
}
