import { type Calibrated, CHANCE } from '../../loss/calibration/calibrationVerdict.ts';
import {
  type Bin,
  binsOf,
  equalMassEdges,
  equalWidthEdges,
  errorByChance,
  expectedError,
  gapByChance,
  maximumError,
  meanConfidence,
  type Ranked,
} from '../../loss/calibration/reliabilityBins.ts';
import type { CalibrationScores } from '../../protocol/engineChannel.ts';
import type { BinChoice } from '../../protocol/panelKept.ts';

/** All that is shown of one temperature. Shares are 0…1, NLL in nats. */
export interface Scored extends Calibrated {
  readonly bins: readonly Bin[];
  /** How many rows are how confident: bins of equal width, whatever the others are. */
  readonly histogram: readonly Bin[];
  readonly rows: number;
  readonly brier: number;
  readonly maximumError: number;
}

export function scoredBy({ means }: CalibrationScores, ranked: Ranked, { kind, count }: BinChoice): Scored {
  const histogram = binsOf(ranked, equalWidthEdges(count));
  const bins = kind === 'width' ? histogram : binsOf(ranked, equalMassEdges(ranked, count));
  const rows = ranked.confidence.length;
  return {
    bins,
    histogram,
    rows,
    nll: means[0]!,
    brier: means[1]!,
    expectedError: expectedError(bins),
    chanceError: errorByChance(bins, CHANCE),
    maximumError: maximumError(bins),
    confidence: meanConfidence(ranked),
    accuracy: ranked.right.at(-1)! / rows,
    chance: gapByChance(ranked),
  };
}
