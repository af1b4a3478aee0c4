import type { Reading } from '../execution.ts';
import type { RowFit } from './forms.ts';
import type { Ran, Setup } from './trial/setup.ts';

/** How a definition can be called so that something can be told from its result. */
export interface Callable {
  readonly setup: Setup;
  readonly ran: Ran;
  readonly isTargets: boolean;
  readonly sets: number;
  readonly focal: boolean;
  readonly reduction: NonNullable<Reading['reduction']>;
  /** What a number for a batch of two rows is divided by, to be that of a row. */
  readonly divisor: number;
  readonly activation: RowFit['activation'];
  /** Its rows are of no known form, but each is a mix of what it is without smoothing, class by class. */
  readonly isMixture: boolean;
}
