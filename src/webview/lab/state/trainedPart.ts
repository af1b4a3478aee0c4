import {
  type Claim,
  judgeAgain,
  judgeClaim,
  type PairedFigures,
  pairsOf,
} from '../../../lab/experiments/claims.ts';
import type { SeedRange } from '../../../lab/experiments/comparison.ts';
import { figureOf, type LabFigure } from '../../../lab/measure/labFigures.ts';
import type { Verdict } from '../../../lab/statistics/verdicts.ts';
import type { TrainingProgress, TrainingSnapshot } from '../../../lab/training/trainer.ts';
import type { LabReliability, LabStart, LabStop } from '../../../protocol/labChannel.ts';
import type { PlannedComparison } from './labSetups.ts';

/** One run of a comparison: its seeds, and what has come of them so far. */
export interface RunRecord {
  readonly run: number;
  readonly seeds: SeedRange;
  readonly snapshots: readonly TrainingSnapshot[];
  readonly start: LabStart | null;
  readonly progress: TrainingProgress | null;
  readonly reliability: LabReliability | null;
  /** Null while it trains. */
  readonly stop: LabStop | null;
}

/** A comparison that is, or was, in training; the second run has more seeds. */
export interface TrainedPart {
  readonly plan: PlannedComparison;
  readonly runs: readonly RunRecord[];
  /** Seeds that don't count, numbered through all runs: their training broke. */
  readonly leftOut: ReadonlySet<number>;
}

/** True once all epochs were trained, of the first run at least. */
export function isFinished(part: TrainedPart | undefined): part is TrainedPart {
  return part?.runs[0]?.stop?.kind === 'finished';
}

/** The runs that can be looked at together: more seeds join once they're done. */
export function countedRuns({ runs }: TrainedPart): readonly RunRecord[] {
  return runs.filter(
    ({ stop, snapshots }, i) => snapshots.length > 0 && (i === 0 || stop?.kind === 'finished'),
  );
}

/** What was measured last up to an epoch; null: last of all. Undefined before anything was. */
export function snapshotAt({ snapshots }: RunRecord, epoch: number | null): TrainingSnapshot | undefined {
  if (epoch === null) return snapshots.at(-1);
  return snapshots.findLast((each) => each.epoch <= epoch) ?? snapshots[0];
}

/** Every seed's figure after an epoch: (alphas, seeds). Seeds that are left out are NaN. */
export function valuesAt(
  part: TrainedPart,
  alpha: number,
  figure: LabFigure,
  epoch: number | null,
): number[] {
  let first = 0;
  return countedRuns(part).flatMap((run) => {
    const snapshot = snapshotAt(run, epoch);
    const { count } = run.seeds;
    const values = Array.from({ length: count }, (_, seed) =>
      snapshot && !part.leftOut.has(first + seed)
        ? figureOf(snapshot.figures, alpha * count + seed, figure)
        : Number.NaN,
    );
    first += count;
    return values;
  });
}

/** The mean over the seeds that count; NaN if there's none. */
export function meanAt(part: TrainedPart, alpha: number, figure: LabFigure, epoch: number | null): number {
  return meanOf(valuesAt(part, alpha, figure, epoch));
}

/** The mean of the numbers that are numbers. */
export function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** A claim's pairs after an epoch. */
export function pairsAt(part: TrainedPart, claim: Claim, alpha: number, epoch: number | null): PairedFigures {
  const runs = countedRuns(part);
  const snapshots = runs.flatMap((run) => snapshotAt(run, epoch) ?? []);
  const seeds = runs.map((run) => run.seeds.count);
  return pairsOf({ snapshots, seeds, leftOut: part.leftOut }, alpha, claim);
}

/** The verdict on a claim at the end of training; undefined before. The second look is at all seeds. */
export function verdictOn(part: TrainedPart, claim: Claim, alpha: number): Verdict | undefined {
  const [first] = part.runs;
  if (!isFinished(part) || !first?.start) return undefined;
  const { testRows } = first.start;
  const alone = { ...part, runs: [first] };
  const verdict = judgeClaim(claim, pairsAt(alone, claim, alpha, null), 1, testRows);
  if (countedRuns(part).length < 2) return verdict;
  return judgeAgain(claim, verdict, pairsAt(part, claim, alpha, null), testRows);
}
