import { CONVENTIONS, type ConventionName } from '../../../loss/conventions/conventions.ts';
import type { LossSpec } from '../../../loss/lossSpec.ts';

/** What can't be changed here: how α is read, and what the form of the loss takes off. */
export type PlayedLoss = Pick<LossSpec, 'convention' | 'form'>;

/** What is drawn as a bar of its own: a class, or all that are left together. */
export interface BarColumns {
  /** How many classes each column is: K together. */
  readonly sizes: readonly number[];
  /** The column of the padding class, where the convention has one. */
  readonly padding: number | null;
}

/** As many classes have a bar each; of more, so many and one bar for all the others. */
const MOST_COLUMNS = 10;
const SINGLE_COLUMNS = 4;

/** The least K there is something to try with: a true class and another one, besides padding. */
export function leastClasses(convention: ConventionName): number {
  return CONVENTIONS[convention].padded ? 3 : 2;
}

export function columnsOf(convention: ConventionName, classes: number): BarColumns {
  const { padded } = CONVENTIONS[convention];
  const own = padded ? classes - 1 : classes;
  const sizes =
    classes <= MOST_COLUMNS
      ? Array.from({ length: own }, () => 1)
      : [...Array.from({ length: SINGLE_COLUMNS }, () => 1), own - SINGLE_COLUMNS];
  return padded ? { sizes: [...sizes, 1], padding: sizes.length } : { sizes, padding: null };
}

/** Whether a column may be the true class: it's one class, and not padding. */
export function mayBeTrue({ sizes, padding }: BarColumns, column: number): boolean {
  return sizes[column] === 1 && column !== padding;
}

/** A column of a class that isn't the true one, and gets what each of those gets. */
export function otherColumn({ sizes, padding }: BarColumns, trueClass: number): number {
  return sizes.findIndex((_, column) => column !== trueClass && column !== padding);
}
