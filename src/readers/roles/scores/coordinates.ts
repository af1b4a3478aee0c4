import { isWhole, numbersOf } from '../arrayFacts.ts';
import type { NamedArray } from '../namedArray.ts';

/** Columns "x", "y" and "z" of the same table that are of points: "y" has fractions that are no probabilities, so it isn't what's right. */
export function coordinatesAmong(arrays: readonly NamedArray[]): ReadonlySet<NamedArray> {
  const tables = new Map<string, NamedArray[]>();
  for (const array of arrays) {
    if (!array.isColumn || !/^[xyz]$/i.test(array.name)) continue;
    const table = JSON.stringify([array.start, array.path]);
    tables.set(table, [...(tables.get(table) ?? []), array]);
  }
  return new Set([...tables.values()].filter(arePoints).flat());
}

/** Where in a picture or a text something was found. */
const PLACE = /box|^(?:start|end|offset|index|word|span|position|x|y|xmin|ymin|width|height)$/i;

/** True for what says where something was found: it has a score of its own, whatever those of several sum to. */
export function saysPlace(name: string): boolean {
  return PLACE.test(name);
}

function arePoints(columns: readonly NamedArray[]): boolean {
  const named = (letter: string) => columns.find(({ name }) => name.toLowerCase() === letter);
  const [x, y] = [named('x'), named('y')];
  if (!x || !numbersOf(x) || !y || isWhole(y)) return false;
  return numbersOf(y)?.some((value) => value < 0 || value > 1) ?? false;
}
