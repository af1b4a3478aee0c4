import { meaningOf, type NameMeaning } from './arrayNames.ts';
import type { NamedArray } from './namedArray.ts';

const UNNAMED = meaningOf('\u00a0');
/** Without a word: what is said by an array that has no name of its own. */
const SILENT: NameMeaning = { ...UNNAMED, id: false };

/** What an array is called says this of it. */
export function meaningOfArray({ name, isNamed }: NamedArray): NameMeaning {
  return isNamed ? meaningOf(name) : SILENT;
}

/** Keys and name: "first.logits". */
export function fullName({ path, name }: NamedArray): string {
  return [...path, name].join('.');
}
