import { meaningOf } from '../roles/arrayNames.ts';
import type { NamedArray } from '../roles/namedArray.ts';

/** What pandas calls the names of the columns that are stored together. */
const BLOCK_ITEMS = /^(block\d+)_items$/;

/** True if an array's name says that its texts are those of classes. */
export function mayNameClasses({ name }: Pick<NamedArray, 'name'>): boolean {
  const [, own] = parted(name);
  return meaningOf(own).setting === 'class-names' || BLOCK_ITEMS.test(own);
}

/** The texts that name the classes of scores: as many, in the same group or the nearest around it. */
export function namesOfClasses(
  arrays: readonly NamedArray[],
  scores: Pick<NamedArray, 'name' | 'shape'>,
  classAxis: number | undefined,
): { readonly array: NamedArray; readonly values: readonly string[] } | undefined {
  const [group, own] = parted(scores.name);
  const classes = classAxis === undefined ? undefined : scores.shape[classAxis];
  const fitting = arrays.flatMap((array) => {
    const { content, shape, name } = array;
    if (content.kind !== 'texts' || shape.length !== 1 || shape[0] !== classes) return [];
    const [around, called] = parted(name);
    const block = BLOCK_ITEMS.exec(called)?.[1];
    const isAbout =
      block === undefined ? mayNameClasses(array) : own === `${block}_values` && around === group;
    return isAbout && group.startsWith(around) ? [{ array, values: content.values, around }] : [];
  });
  return fitting.toSorted((a, b) => b.around.length - a.around.length)[0];
}

/** The groups that an array is in, up to the last slash, and its own name. */
function parted(name: string): readonly [group: string, own: string] {
  const end = name.lastIndexOf('/') + 1;
  return [name.slice(0, end), name.slice(end)];
}
