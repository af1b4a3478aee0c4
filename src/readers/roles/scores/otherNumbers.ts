import { isWhole, JUDGED, numbersOf, sumsToWhole } from '../arrayFacts.ts';
import type { NamedArray } from '../namedArray.ts';
import { agreeWith } from './largestScores.ts';

/** Whole numbers up to this may be those of an example someone made up. */
const LARGEST_TOY = 50;
/** So few scores may all be above 0. */
const FEW = 12;

/**
 * True for numbers that nothing says to be scores and that look like something else: prices or lengths in columns (none is below 0,
 * not all are whole, they're no probabilities), or the counts of a confusion matrix. Labels that agree with the largest say that they're scores.
 */
export function mayBeAnything(array: NamedArray, arrays: readonly NamedArray[]): boolean {
  const { isNamed, isGathered, printer, shape, names } = array;
  const values = numbersOf(array);
  if (isNamed || !values || shape.length !== 2) return false;
  const isSquare = shape[0] === shape[1] && shape[0]! > 2;
  const areLarge = isGathered && values.some((value) => value > LARGEST_TOY);
  const areCounts = isWhole(array) && (areLarge || (isSquare && (isGathered || printer !== null)));
  const areMeasured = isGathered && values.length >= FEW && !isWhole(array) && !sumsToWhole(array);
  const some = values.subarray(0, JUDGED);
  if (!(areCounts || areMeasured) || !some.every((value) => value >= 0) || !some.some((value) => value > 1))
    return false;
  return !arrays.some(
    (other) =>
      other !== array &&
      // The names of a confusion matrix's rows are those of its columns.
      !(areCounts && namesRows(other, names)) &&
      agreeWith(other, { array, shape, classNames: names }),
  );
}

function namesRows({ content }: NamedArray, names: readonly string[] | null): boolean {
  return content.kind === 'texts' && names !== null && content.values.join('\n') === names.join('\n');
}
