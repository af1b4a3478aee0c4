import type { Claim, PairedFigures } from '../../../lab/experiments/claims.ts';
import type { Verdict } from '../../../lab/statistics/verdicts.ts';

/** A claim as it's shown: with its pairs as soon as there are any, and its verdict at the end. */
export interface ShownClaim {
  readonly key: string;
  readonly title: string;
  readonly claim: Claim;
  /** What is counted for it. */
  readonly measure: string;
  readonly pairs: PairedFigures | undefined;
  readonly verdict: Verdict | undefined;
  /** As many more seeds may be run. */
  readonly moreSeeds: (() => void) | undefined;
  readonly seedsToAdd: number;
}
