import { isWhole, JUDGED, numbersOf, sumsToWhole } from '../arrayFacts.ts';
import { meaningOfArray } from '../arrayMeaning.ts';
import type { NamedArray } from '../namedArray.ts';
import { agreeWith } from './largestScores.ts';
import { areOfOtherTable } from './otherTables.ts';
import { hasUnsaidName } from './unsaidName.ts';

/** Whole numbers up to this may be those of an example someone made up. */
const LARGEST_TOY = 50;
/** So few scores may all be above 0. */
const FEW = 12;

/**
 * True for numbers that nothing says to be scores and that look like something else: prices or lengths in columns (none is below 0,
 * not all are whole, they're no probabilities), the counts of a confusion matrix, correlations, statistics of columns. Labels that agree
 * with the largest say that they're scores.
 */
export function mayBeAnything(array: NamedArray, arrays: readonly NamedArray[]): boolean {
  const { isNamed, isGathered, printer, shape, names } = array;
  const values = numbersOf(array);
  if (!values || values.length === 0 || shape.length === 0) return false;
  if (shape.length === 1 && mayBeOnePerSample(array, values, arrays)) return true;
  if (isNamed) return hasUnsaidName(array, arrays);
  if (areOfOtherTable(array, arrays)) return true;
  if (areEmbeddings(values, shape.at(-1)!)) return true;
  if (shape.length !== 2) return false;
  if (areCorrelations(values, shape) || haveStatistics(array, arrays)) return true;
  if (isGathered && names === null && isScoreAndLabel(values, shape)) return true;
  if (names === null && !isGathered && endsWithLabels(values, shape)) return true;
  if (arrays.some((other) => isBiasOf(other, array))) return true;
  const isSquare = shape[0] === shape[1] && shape[0]! > 2;
  const areLarge = isGathered && values.some((value) => value > LARGEST_TOY);
  const areCounts = isWhole(array) && (areLarge || (isSquare && (isGathered || printer !== null)));
  const areMany = values.length >= FEW || areLarge;
  const areMeasured = (isGathered || printer !== null) && areMany && !isWhole(array) && !sumsToWhole(array);
  const some = values.subarray(0, JUDGED);
  if (!(areCounts || areMeasured) || !some.every((value) => value >= 0)) return false;
  if (!some.some((value) => value > 1) && !(areCounts && isGathered)) return false;
  return !arrays.some(
    (other) =>
      other !== array &&
      mayBeLabels(other) &&
      // The names of a confusion matrix's rows are those of its columns.
      !(areCounts && namesRows(other, names)) &&
      agreeWith(other, { array, shape, classNames: names }),
  );
}

/** True for a score with fractions and whole numbers beside it: without names they may be a binary model's output and its labels. */
function isScoreAndLabel(values: Float32Array | Float64Array, [rows, columns]: readonly number[]): boolean {
  if (columns !== 2 || rows! < 2) return false;
  const areLabels = [0, 1].map((column) =>
    values.every((value, i) => i % 2 !== column || value === 0 || value === 1),
  );
  return areLabels[0] !== areLabels[1];
}

/** True for rows of fractions whose last numbers are whole and those of the classes before them: they may be the labels. */
function endsWithLabels(values: Float32Array | Float64Array, [rows, columns]: readonly number[]): boolean {
  if (rows! < SURELY_LABELLED || columns! < 3) return false;
  const seen = new Set<number>();
  for (const [i, value] of values.entries()) {
    const isLast = i % columns! === columns! - 1;
    if (Number.isInteger(value) !== isLast || (isLast && (value < 0 || value > columns! - 2))) return false;
    if (isLast) seen.add(value);
  }
  return seen.size > 1;
}

/** In fewer rows it's a coincidence often enough. */
const SURELY_LABELLED = 3;

/** True for one number a column right after rows that nothing names either: a layer's weights and its biases. */
function isBiasOf(other: NamedArray, { shape, printer, end, isGathered }: NamedArray): boolean {
  if (other.isNamed || other.isColumn || isGathered || printer === null || other.printer !== printer)
    return false;
  const isNext = other.start > end && other.start - end < CLOSELY;
  return (
    isNext &&
    other.shape.length === 1 &&
    other.shape[0] === shape[1] &&
    !isWhole(other) &&
    !sumsToWhole(other)
  );
}

const CLOSELY = 4;

/**
 * True for a list in which nothing is below 0 and that doesn't sum to 1: losses, labels, counts or outputs of sigmoids, one for each sample,
 * are as likely as the scores of one row.
 */
function mayBeOnePerSample(
  array: NamedArray,
  values: Float32Array | Float64Array,
  arrays: readonly NamedArray[],
): boolean {
  const { names, isNamed, isColumn } = array;
  if (names !== null || isColumn || values.length < 2 || sumsToWhole(array)) return false;
  const says = isNamed ? meaningOfArray(array).scores : 0;
  if (says === 3 || !values.every((value) => value >= 0)) return false;
  // What is called scores is read, unless it's shares with nothing beside them.
  const isAlone = arrays.every((other) => other === array || other.shape.length === 0);
  return says < 2 || (isAlone && values.every((value) => value <= 1));
}

/** True for rows of length 1, as embeddings are normalised. */
function areEmbeddings(values: Float32Array | Float64Array, columns: number): boolean {
  if (columns < FEWEST_DIMENSIONS || values.length < columns) return false;
  for (let start = 0; start < Math.min(2 * columns, values.length); start += columns) {
    let squares = 0;
    for (const value of values.subarray(start, start + columns)) squares += value * value;
    if (!(Math.abs(squares - 1) < UNIT_SLACK)) return false;
  }
  return values.subarray(0, columns).some((value) => value < 0);
}

/** No embedding is shorter. */
const FEWEST_DIMENSIONS = 16;
const UNIT_SLACK = 0.002;

/** False for what counts rows, or says something else of them. */
function mayBeLabels(array: NamedArray): boolean {
  const { id, feature, derived, loss } = meaningOfArray(array);
  return !(id || feature || derived || loss);
}

/** What a table of statistics has beside its rows, as `DataFrame.describe` makes it. */
const STATISTICS: ReadonlySet<string> = new Set(['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max']);
const SURELY_STATISTICS = 3;

function haveStatistics({ start }: NamedArray, arrays: readonly NamedArray[]): boolean {
  return arrays.some(
    ({ content, isColumn, start: own }) =>
      isColumn &&
      own === start &&
      content.kind === 'texts' &&
      content.values.filter((text) => STATISTICS.has(text)).length >= SURELY_STATISTICS,
  );
}

/** True for a symmetric matrix of numbers from −1 to 1 with ones in its diagonal, and not only there. */
function areCorrelations(values: Float32Array | Float64Array, [rows, columns]: readonly number[]): boolean {
  if (rows !== columns || rows! < 3 || !values.some((value) => value !== 0 && value !== 1)) return false;
  return values.every((value, i) => {
    const [row, column] = [Math.floor(i / rows!), i % rows!];
    if (row === column) return value === 1;
    return value >= -1 && value <= 1 && value === values[column * rows! + row];
  });
}

function namesRows({ content }: NamedArray, names: readonly string[] | null): boolean {
  return content.kind === 'texts' && names !== null && content.values.join('\n') === names.join('\n');
}
