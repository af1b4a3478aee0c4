import { sumOf } from '../rows/pairwiseSum.ts';
import type { RowStats } from '../rows/rowStats.ts';
import { classFloors, floorSum } from '../theory/floors.ts';
import { isIgnored } from './accuracy.ts';
import type { LossTerms } from './lossTerms.ts';
import type { LossTotals } from './reduction.ts';

/** The lowest loss of each row over all predictions, less what the form takes off. In nats. */
export interface RowFloors {
  /** What they are the floors of. */
  readonly terms: LossTerms;
  /** 0 where the row is ignored. */
  readonly of: (row: number) => number;
  /** Over all rows; undefined until they're known. */
  readonly sum: number | undefined;
}

/** Of hard targets, from the classes alone: O(K). */
export function hardFloors(stats: RowStats, totals: LossTotals, terms: LossTerms): RowFloors {
  const byClass = floorOfClasses(terms);
  return {
    terms,
    of: (row) => (isIgnored(stats, row) ? 0 : byClass[stats.target[row]!]!),
    sum: floorSum(totals, byClass),
  };
}

/** The sum of the same, of which the rows needn't be at hand. */
export function hardFloorSum(totals: LossTotals, terms: LossTerms): number {
  return floorSum(totals, floorOfClasses(terms));
}

/** Of soft targets: each row's own, once they're known. `byRow`: (rows) nats, by `sumSoftFloors`. */
export function softFloors(terms: LossTerms, byRow: Float64Array | undefined): RowFloors {
  return { terms, of: (row) => byRow?.[row] ?? Number.NaN, sum: byRow && sumOf(byRow) };
}

/** (K). The constant is taken off here, not off the sum: a KL's floor is 0 then, whatever the rows are. */
function floorOfClasses({ smoothing, weight, constant }: LossTerms): Float64Array {
  return classFloors(smoothing, weight).map((floor) => floor - constant);
}
