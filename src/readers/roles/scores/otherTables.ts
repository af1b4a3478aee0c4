import { numbersOf, sumsToWhole } from '../arrayFacts.ts';
import { meaningOfArray } from '../arrayMeaning.ts';
import { nameWords } from '../arrayNames.ts';
import { NUMBERED } from '../columns/columnGroups.ts';
import { numberedParts } from '../columns/columnNames.ts';
import type { NamedArray } from '../namedArray.ts';

/** What a table has that goes on: its rows are times, not samples. */
const COURSE = /^(?:epochs?|steps?|iter|iters|iterations?|rounds?|time|timestamps?|seconds?|elapsed|t)$/;
/** What is compared in a table of results. */
const COMPARED =
  /^(?:models?|methods?|algorithms?|runs?|experiments?|systems?|tasks?|datasets?|benchmarks?)$/;

/**
 * True for columns that only their classes would name, in a table that is about something else: what was measured of each class in the
 * course of a training, a leaderboard, a recording, or shares that nothing says to be outputs of sigmoids.
 */
export function areOfOtherTable(array: NamedArray, arrays: readonly NamedArray[]): boolean {
  const { isGathered, isNamed, names, start } = array;
  const values = numbersOf(array);
  if (!isGathered || isNamed || names === null || !values || sumsToWhole(array)) return false;
  const beside = arrays.filter((other) => other.isColumn && other.start === start && other !== array);
  if (areNumberedFeatures(names)) return true;
  if (beside.some((other) => meaningOfArray(other).target > 0)) return false;
  if (beside.some((other) => isCourse(other) || isCompared(other))) return true;
  return values.every((value) => value >= 0 && value <= 1);
}

/** "PC1", "PC2" or "h0", "h1": numbered, by a word that no classes are numbered with. */
function areNumberedFeatures(names: readonly string[]): boolean {
  const [first, ...others] = names.map(numberedParts);
  if (!first || first.number === '' || first.base === '') return false;
  return (
    !NUMBERED.has(nameWords(first.base).join(' ')) &&
    others.every(({ base, number }) => base === first.base && number !== '')
  );
}

function isCourse({ name, content }: NamedArray): boolean {
  return content.kind === 'numbers' && nameWords(name).length === 1 && COURSE.test(nameWords(name)[0]!);
}

function isCompared({ name, content }: NamedArray): boolean {
  return content.kind === 'texts' && nameWords(name).length === 1 && COMPARED.test(nameWords(name)[0]!);
}
