import { mostOf } from '../../../loss/mostOf.ts';
import { numbersOf } from '../arrayFacts.ts';
import type { NamedArray } from '../namedArray.ts';

/** Scores, and what their classes are called. */
export interface ScoredRows {
  readonly array: NamedArray;
  readonly shape: readonly number[];
  readonly classNames: readonly string[] | null;
}

/** True for the place of the largest score in each row: what was predicted. */
export function areLargest(
  values: ArrayLike<number>,
  numbers: Float32Array | Float64Array,
  classes: number,
): boolean {
  return Array.prototype.every.call(values, (value: number, row) => {
    const own = numbers.subarray(row * classes, (row + 1) * classes);
    return own.every((score) => !(score > own[value]!));
  });
}

/** The same of any array, by the names of the classes where it has texts. */
export function arePredictions(array: NamedArray, scores: ScoredRows): boolean {
  const [values, numbers] = [classesIn(array, scores), numbersOf(scores.array)];
  return values !== undefined && numbers !== undefined && areLargest(values, numbers, scores.shape.at(-1)!);
}

/** True if at least half of these labels are the largest scores: what other numbers than scores seldom are. */
export function agreeWith(array: NamedArray, scores: ScoredRows): boolean {
  const [values, numbers] = [classesIn(array, scores), numbersOf(scores.array)];
  const classes = scores.shape.at(-1)!;
  if (!values || !numbers) return false;
  let agreeing = 0;
  for (const [row, value] of values.entries()) {
    const own = numbers.subarray(row * classes, (row + 1) * classes);
    if (mostOf(own, (score) => score) === own[value]) agreeing++;
  }
  return 2 * agreeing >= values.length;
}

/** The class of each row that an array has one for; -1 for a name that is none. */
function classesIn(
  { content, ...array }: NamedArray,
  { array: scores, shape, classNames }: ScoredRows,
): Float64Array | undefined {
  const values =
    content.kind === 'texts'
      ? Float64Array.from(content.values, (text) => classNames?.indexOf(text) ?? -1)
      : numbersOf({ ...array, content });
  return values && values.length * shape.at(-1)! === numbersOf(scores)?.length
    ? Float64Array.from(values)
    : undefined;
}
