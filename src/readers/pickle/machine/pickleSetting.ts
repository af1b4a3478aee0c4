import type { Work } from '../../../loss/work.ts';
import type { PickleCursor } from './pickleCursor.ts';
import type { PickleBudget } from './pickleFault.ts';
import type { PickledBytes, PickleValue } from './pickleValues.ts';

/** Where pickles come from, and what of their surroundings they know. */
export interface PickleSetting {
  readonly budget: PickleBudget;
  /** What a persistent id stands for, where there are any. */
  readonly persistent: ((id: PickleValue, offset: number) => PickleValue) | undefined;
  /** How many files this one is inside of. */
  readonly depth: number;
  /** Reads a storage that is a file inside this one. */
  readonly nestedStorage: (bytes: PickledBytes, setting: PickleSetting, offset: number) => Work<PickleValue>;
  /** Reads the pickle at the cursor, inside this one. */
  readonly nestedPickle: (cursor: PickleCursor, setting: PickleSetting) => Work<PickleValue>;
}
