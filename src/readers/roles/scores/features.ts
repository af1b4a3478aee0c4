import { sumsToWhole } from '../arrayFacts.ts';
import { meaningOfArray } from '../arrayMeaning.ts';
import type { NamedArray } from '../namedArray.ts';

/**
 * True for columns of a table that nothing says to be scores but that they're numbers, beside names of classes of which none is that of
 * a column: a data set.
 */
export function areFeatures(array: NamedArray, labels: readonly NamedArray[]): boolean {
  const { names, isNamed, shape } = array;
  if (isNamed || !names || shape.length !== 2 || sumsToWhole(array)) return false;
  const classes = new Set(names);
  return labels.some(
    ({ content }) =>
      content.kind === 'texts' &&
      !content.values.some((text) => classes.has(text) || /^[+-]?\d*$/.test(text)),
  );
}

/** A column of texts that its name says to be what is right. */
function areNamesOfTargets(array: NamedArray): boolean {
  return array.isColumn && array.content.kind === 'texts' && meaningOfArray(array).target > 0;
}

/** With more columns of labels, each is that of its own table only. */
const MOST_BESIDE = 16;

/** The columns of labels that may be those of an array. */
export function labelsBeside(arrays: readonly NamedArray[]): (array: NamedArray) => readonly NamedArray[] {
  const labels = arrays.filter(areNamesOfTargets);
  if (labels.length <= MOST_BESIDE) return () => labels;
  const byStart = new Map(labels.map((each) => [each.start, [each]] as const));
  return ({ start }) => byStart.get(start) ?? [];
}
