import type { ReadWarning } from '../../logitsBatch.ts';
import { Unreadable } from '../../text/cursor.ts';
import type { NamedArray } from '../namedArray.ts';
import { saysPlace } from './coordinates.ts';
import type { ScoreCandidate } from './scoreCandidates.ts';

/** True if all are between 0 and 1. */
export function areShares(values: Float32Array | Float64Array): boolean {
  return values.every((value) => value >= 0 && value <= 1);
}

/**
 * What is said of rows that don't sum to 1, but are between 0 and 1 as outputs of sigmoids are. Throws Unreadable for those that are
 * called probabilities.
 */
export function sharesWarnings(
  { array, meaning }: Pick<ScoreCandidate, 'array' | 'meaning'>,
  values: Float32Array | Float64Array,
  classes: number,
): readonly ReadWarning[] {
  const { kind } = meaning;
  // Scores by the names of classes that are shares: {"hate": 0.9, "violence": 0.3}.
  const areByName = array.isLiteral && array.names !== null && array.isNamed;
  const isNamed = kind === 'probabilities' || kind === 'percent' || areByName;
  const most = kind === 'percent' ? 100 : 1;
  if (kind === 'logits' || !values.every((value) => value >= 0 && value <= most)) return [];
  if ((isNamed || classes >= TELLING_COLUMNS) && columnsSumTo1(values, classes))
    throw new Unreadable({ reason: 'transposed', offset: array.start });
  if (!isNamed) return [{ reason: 'shares' }];
  const sum = Float64Array.from(values.subarray(0, classes)).reduce((a, b) => a + b, 0);
  throw new Unreadable({ reason: 'not-distribution', offset: array.start, name: array.name, sum });
}

/** Of two columns that nothing calls probabilities sums of 1 are a coincidence often enough. */
const TELLING_COLUMNS = 3;

/** True for classes as rows, and a column for each example. */
function columnsSumTo1(values: Float32Array | Float64Array, columns: number): boolean {
  const rows = values.length / columns;
  if (rows < 2) return false;
  const sums = new Float64Array(columns);
  for (const [i, value] of values.entries()) sums[i % columns]! += value;
  return sums.every((sum) => Math.abs(sum - 1) <= COLUMN_SLACK);
}

const COLUMN_SLACK = 0.011;

/** A column has a number for each row: all of a row's classes only where each has a name beside it, as of those with the best scores. Throws Unreadable elsewhere. */
export function checkColumn(
  { array, meaning }: ScoreCandidate,
  values: Float32Array | Float64Array,
  arrays: readonly NamedArray[],
): void {
  const { shape, isColumn, start: offset, name } = array;
  if (!isColumn || shape.length !== 1) return;
  const isOfPlaces = arrays.some((other) => [...other.path, other.name].some(saysPlace));
  const isNamed = arrays.some(
    ({ content, name: beside }) =>
      content.kind === 'texts' &&
      !(isOfPlaces || IDENTIFIES.test(beside)) &&
      content.values.length === values.length &&
      new Set(content.values).size === values.length,
  );
  // Scores of documents have names beside them, too: those of classes say what they are, or sum to 1.
  const isSaid = isNamed && (meaning.kind !== null || areShares(values));
  if (!isSaid && meaning.kind !== 'logits') throw new Unreadable({ reason: 'one-class', offset });
  const sum = Float64Array.from(values).reduce((a, b) => a + b, 0);
  const isOne = Math.abs(sum - 1) < SUMS_TO_1;
  if (meaning.kind !== 'logits' && areShares(values) && !isOne)
    throw new Unreadable({ reason: 'not-distribution', offset, name, sum });
}

/** What tells documents apart isn't the name of a class. */
const IDENTIFIES = /(?:^|[_-])(?:id|uuid|guid|key|url|uri)$/i;
/** Rounded probabilities, of the best classes perhaps, sum to 1 within this. */
const SUMS_TO_1 = 0.05;
