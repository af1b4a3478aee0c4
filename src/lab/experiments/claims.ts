import { figureOf, type LabFigure } from '../measure/labFigures.ts';
import type { Look } from '../statistics/looks.ts';
import { type ClaimedChange, judge, type Verdict } from '../statistics/verdicts.ts';
import type { TrainingSnapshot } from '../training/trainer.ts';

export type ClaimId =
  | 'confidence-nearer'
  | 'mistakes-cheaper'
  | 'nearer-truth'
  | 'accuracy-up'
  | 'accuracy-down'
  | 'gap-bounded'
  | 'clusters-tighter'
  | 'spread-train'
  | 'spread-test'
  | 'ece-falls'
  | 'ece-rises'
  | 'ece-scaled-falls'
  | 'nll-scaled-falls'
  | 'less-learnt-by-heart'
  | 'student-worse'
  | 'teacher-better';

/** Something said of label smoothing that a comparison can show, or not. */
export interface Claim extends ClaimedChange {
  readonly id: ClaimId;
  readonly figure: LabFigure;
  /** True if the figure's distance from 0 is meant. */
  readonly isDistance?: boolean;
  /** True if the figure is a share of the test rows, and so changes in steps of one row. */
  readonly isShare?: boolean;
}

/** Every claim, by its name; stories pick from them. Units are those of FIGURES. */
export const CLAIMS = {
  'confidence-nearer': { figure: 'overconfidence', direction: 'down', matters: 0.005, isDistance: true },
  'mistakes-cheaper': { figure: 'nll', direction: 'down', matters: 0.005 },
  'nearer-truth': { figure: 'truthDistance', direction: 'down', matters: 0.005 },
  'accuracy-up': { figure: 'accuracy', direction: 'up', matters: 0.003, isShare: true },
  'accuracy-down': { figure: 'accuracy', direction: 'down', matters: 0.003, isShare: true },
  'gap-bounded': { figure: 'gap', direction: 'down', matters: 0.1 },
  'clusters-tighter': { figure: 'nc1', direction: 'down', matters: 0.01 },
  'spread-train': { figure: 'trainSpread', direction: 'down', matters: 0.005 },
  'spread-test': { figure: 'testSpread', direction: 'down', matters: 0.005 },
  'ece-falls': { figure: 'ece', direction: 'down', matters: 0.002 },
  'ece-rises': { figure: 'ece', direction: 'up', matters: 0.002 },
  'ece-scaled-falls': { figure: 'eceScaled', direction: 'down', matters: 0.002 },
  'nll-scaled-falls': { figure: 'nllScaled', direction: 'down', matters: 0.002 },
  'less-learnt-by-heart': { figure: 'learntByHeart', direction: 'down', matters: 0.01 },
  'student-worse': { figure: 'accuracy', direction: 'down', matters: 0.003, isShare: true },
  'teacher-better': { figure: 'accuracy', direction: 'up', matters: 0.003, isShare: true },
} as const satisfies Record<ClaimId, Omit<Claim, 'id'>>;

/** The claim of this name. */
export function claimOf(id: ClaimId): Claim {
  return { id, ...CLAIMS[id] };
}

/** Figures of the two networks of every seed, α = 0's and the smoothed one's, as `judge` wants them. */
export interface PairedFigures {
  readonly without: readonly number[];
  readonly smoothed: readonly number[];
}

/** Judges a claim; `testRows` is how many rows its shares are of. */
export function judgeClaim(
  claim: Claim,
  { without, smoothed }: PairedFigures,
  look: Look,
  testRows: number,
): Verdict {
  return judge(claim, without, smoothed, look, claim.isShare ? 1 / testRows : 0);
}

/**
 * The verdict after more seeds: of all of them at the second look where the first wasn't clear, else the first one, which isn't judged
 * again. `pairs` are those of all seeds.
 */
export function judgeAgain(claim: Claim, first: Verdict, pairs: PairedFigures, testRows: number): Verdict {
  return first.mayRunMore ? judgeClaim(claim, pairs, 2, testRows) : first;
}

/** Snapshots of the same epoch, a run each, and how many seeds each run has. More seeds are the runs after the first. */
export interface SeededSnapshots {
  readonly snapshots: readonly Pick<TrainingSnapshot, 'figures'>[];
  readonly seeds: readonly number[];
  /** Seeds that don't count, numbered through all runs: those whose training broke. */
  readonly leftOut?: ReadonlySet<number>;
}

/** A figure's pairs after an epoch of a comparison: α number `alpha` against α number 0. */
export function pairsOf(
  { snapshots, seeds, leftOut }: SeededSnapshots,
  alpha: number,
  { figure, isDistance = false }: Pick<Claim, 'figure' | 'isDistance'>,
): PairedFigures {
  const column = (which: number) =>
    snapshots
      .flatMap(({ figures }, run) =>
        Array.from({ length: seeds[run]! }, (_, seed) => {
          const value = figureOf(figures, which * seeds[run]! + seed, figure);
          return isDistance ? Math.abs(value) : value;
        }),
      )
      .filter((_, seed) => !leftOut?.has(seed));
  return { without: column(0), smoothed: column(alpha) };
}

/** What became of calibration, in three numbers: as it is, and after one temperature. */
export type CalibrationCode =
  | 'better'
  | 'better-then-worse'
  | 'worse'
  | 'worse-then-better'
  | 'worse-then-not'
  | 'same'
  | 'same-then-better'
  | 'same-then-worse'
  | 'unclear-then-better'
  | 'unclear-then-worse'
  | 'unclear'
  | 'unknown';

/** ECE's two verdicts as one. `worse-then-not`: after one temperature it's neither better nor worse, or that isn't clear. */
export function calibrationCode(
  { code }: Pick<Verdict, 'code'>,
  scaled: Pick<Verdict, 'code'>,
): CalibrationCode {
  const isBetter = scaled.code === 'seen';
  const isWorse = scaled.code === 'opposite';
  switch (code) {
    case 'unknown':
      return 'unknown';
    case 'seen':
      return isWorse ? 'better-then-worse' : 'better';
    case 'opposite':
      return isBetter ? 'worse-then-better' : isWorse ? 'worse' : 'worse-then-not';
    case 'no-difference':
      if (isBetter || isWorse) return isBetter ? 'same-then-better' : 'same-then-worse';
      return scaled.code === 'no-difference' ? 'same' : 'unclear';
    case 'unclear':
      if (isBetter || isWorse) return isBetter ? 'unclear-then-better' : 'unclear-then-worse';
      return 'unclear';
  }
}
