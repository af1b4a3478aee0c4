import { isSaid, meaningOf, type NameMeaning } from './arrayNames.ts';
import type { NamedArray } from './namedArray.ts';

const UNNAMED = meaningOf('\u00a0');
/** Without a word: what is said by an array that has no name of its own. */
const SILENT: NameMeaning = { ...UNNAMED, id: false };

/** What an array is called says this of it. Of a path, as HDF5 has them, the last name counts if it says anything: "predictions/labels". */
export function meaningOfArray({ name, isNamed, isColumn }: NamedArray): NameMeaning {
  if (!isNamed) return SILENT;
  const start = isColumn ? 0 : name.lastIndexOf('/') + 1;
  if (start === 0) return meaningOf(name);
  const own = name.slice(start);
  return meaningOf(isSaid(own) ? own : name);
}

/** Keys and name: "first.logits". */
export function fullName({ path, name }: NamedArray): string {
  return [...path, name].join('.');
}
