import type { DataSetId } from './dataSet.ts';

/** How large a data set is. */
export interface SetFacts {
  /** All rows there are; of clouds as many are drawn as are wanted. */
  readonly rows: number;
  readonly inputs: number;
  /** K */
  readonly classes: number;
}

const DIGITS = { rows: 1797, inputs: 64, classes: 10 };

/** Known without loading the sets: what is said before anything is trained needs no more. */
export const SET_FACTS: Readonly<Record<DataSetId, SetFacts>> = {
  digits: DIGITS,
  'digits-20': DIGITS,
  'digits-40': DIGITS,
  clouds: { rows: Number.POSITIVE_INFINITY, inputs: 2, classes: 3 },
  wine: { rows: 178, inputs: 13, classes: 3 },
  iris: { rows: 150, inputs: 4, classes: 3 },
  breast: { rows: 569, inputs: 30, classes: 2 },
};
