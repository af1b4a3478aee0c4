import { CHANCE } from '../../loss/calibration/calibrationVerdict.ts';
import { errorByChance, expectedError, maximumError } from '../../loss/calibration/reliabilityBins.ts';
import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import { type BatchSums, CELLS, knownOf } from '../../loss/sums/batchSums.ts';
import { equalMassBins, equalWidthBins, type SummedBins } from '../../loss/sums/summedBins.ts';
import type { BinChoice } from '../../protocol/panelKept.ts';
import type { Scored } from './scoredRows.ts';

/** All that is shown of sums at T = 1, and how far off its bins may make ECE and MCE. */
export function scoredSums(
  sums: BatchSums,
  { kind, count }: BinChoice,
): Omit<SummedBins, 'bins'> & { readonly scored: Scored } {
  const rows = knownOf(sums);
  const widths = equalWidthBins(sums, count);
  const { bins, ...within } = kind === 'width' ? widths : equalMassBins(sums, count);
  const scored = {
    bins,
    histogram: widths.bins,
    rows,
    nll: sumOf(sums.nll) / rows,
    brier: sums.brier / rows,
    expectedError: expectedError(bins),
    chanceError: errorByChance(bins, CHANCE),
    maximumError: maximumError(bins),
    confidence: sumOf(sums.bins.confidence) / rows,
    accuracy: sumOf(sums.bins.right) / rows,
    chance: Math.sqrt(varianceOf(sums)) / rows,
  };
  return { scored, ...within };
}

/** Σ c(1 − c), as far as cells tell c: to four digits and more of what chance explains. */
function varianceOf({ cells }: BatchSums): number {
  return cells.rows.reduce((sum, rows, cell) => {
    const confidence = (cell + 0.5) / CELLS;
    return sum + rows * confidence * (1 - confidence);
  }, 0);
}
