import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import { type BatchSums, knownOf } from '../../loss/sums/batchSums.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { culprit } from '../summary/measuredRows.ts';

/** Why a loss isn't a number to work with. */
export type Trouble =
  | { readonly because: 'ignored' | 'weightless' }
  | { readonly because: 'some-not-a-number'; readonly rows: number }
  | { readonly because: 'some-zero-of-infinity' | 'some-nothing-elsewhere' | 'some-nothing-for-target' }
  /** `row` is the first of its kind. */
  | {
      readonly because: 'not-a-number' | 'nothing-elsewhere' | 'nothing-for-target' | 'zero-of-infinity';
      readonly row: number;
    };

/** Undefined if the loss is finite. */
export function troubleOf(measured: Measured, terms: LossTerms, loss: number): Trouble | undefined {
  if (Number.isFinite(loss)) return undefined;
  const { totals, stats, sums } = measured;
  if (totals.counted === 0) return { because: 'ignored' };
  if (sums) return troubleOfSums(sums, measured, loss);
  const row = culprit(measured, terms, loss);
  if (row === -1) return { because: 'weightless' };
  const [hard, uniform] = [stats.hard[row]!, stats.uniform[row]!];
  if (Number.isNaN(hard) || Number.isNaN(uniform)) return { because: 'not-a-number', row };
  // (1 − α)·∞ at α = 1.
  if (Number.isNaN(loss)) return { because: 'zero-of-infinity', row };
  if (terms.smoothing.uniform > 0 && Number.isFinite(hard)) return { because: 'nothing-elsewhere', row };
  return { because: 'nothing-for-target', row };
}

/** Sums don't say which row it was. */
function troubleOfSums(sums: BatchSums, { totals }: Measured, loss: number): Trouble {
  if (totals.share === 0) return { because: 'weightless' };
  const unknown = totals.counted - knownOf(sums);
  if (unknown > 0) return { because: 'some-not-a-number', rows: unknown };
  if (Number.isNaN(loss)) return { because: 'some-zero-of-infinity' };
  return { because: Number.isFinite(totals.hard) ? 'some-nothing-elsewhere' : 'some-nothing-for-target' };
}
