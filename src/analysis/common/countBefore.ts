import { firstIndex } from '../../loss/binarySearch.ts';

/** How many of the items, which are in the order of their places, are at places before this one. */
export function countBefore<T>(items: readonly T[], place: number, placeOf: (item: T) => number): number {
  return firstIndex(items.length, (index) => placeOf(items[index]!) >= place);
}
