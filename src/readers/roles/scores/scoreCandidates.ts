import { isNumeric, isWhole, isWholeType } from '../arrayFacts.ts';
import { meaningOfArray } from '../arrayMeaning.ts';
import type { NameMeaning } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';
import { coordinatesAmong } from './coordinates.ts';
import { areFeatures, labelsBeside } from './features.ts';

/** An array that may hold the scores of classes. */
export interface ScoreCandidate {
  readonly array: NamedArray;
  readonly meaning: NameMeaning;
  /** 3: its name says so, and of what kind; 2: its name says so; 1: rows of numbers with fractions; below that little speaks for it. */
  readonly strength: number;
}

/** The arrays that may be scores, in their order. */
export function scoreCandidates(arrays: readonly NamedArray[]): readonly ScoreCandidate[] {
  const beside = labelsBeside(arrays);
  const coordinates = coordinatesAmong(arrays);
  const candidates: ScoreCandidate[] = [];
  for (const array of arrays) {
    const meaning = meaningOfArray(array);
    if (
      coordinates.has(array) ||
      !mayBeScores(array, meaning) ||
      areFeatures(array, beside(array)) ||
      areLargestOf(array, arrays)
    )
      continue;
    candidates.push({ array, meaning, strength: strengthOf(array, meaning) });
  }
  if (candidates.length > 0) return candidates;
  // Alone, whole numbers may be logits, too.
  const [only] = arrays;
  return arrays.length === 1 &&
    only &&
    !only.isParameter &&
    !areIndicesAlone(only) &&
    isNumeric(only) &&
    !isOfDocument(only) &&
    !saysOther(only, meaningOfArray(only))
    ? [{ array: only, meaning: meaningOfArray(only), strength: 0.5 }]
    : [];
}

/** True for what `torch.topk` and `torch.max` return: the largest of each row, beside whose they are. */
function areLargestOf({ name, shape }: NamedArray, arrays: readonly NamedArray[]): boolean {
  return (
    (name === 'values' || name === 'indices') &&
    arrays.some(
      (other) =>
        other.name === (name === 'values' ? 'indices' : 'values') && other.shape.join() === shape.join(),
    )
  );
}

/** True for whole numbers in one row, by their type: of a file of arrays that are the labels. */
function areIndicesAlone({ shape, type, isLiteral, isColumn, content }: NamedArray): boolean {
  const isStored = !isLiteral && !isColumn && content.kind !== 'texts';
  return isStored && shape.length === 1 && isWholeType(type);
}

function mayBeScores(array: NamedArray, meaning: NameMeaning): boolean {
  const { shape, isColumn, type } = array;
  const axes = shape.length;
  if (!isNumeric(array) || (axes === 0 && array.content.kind !== 'flawed')) return false;
  if (array.isParameter || saysOther(array, meaning)) return false;
  // Tokens and features are whole numbers in rows, too.
  // Rows of numbers in a document are as likely boxes, points or prices.
  if (isOfDocument(array) && meaning.scores === 0) return false;
  if (axes !== 1) return !isWhole(array) || !(meaning.id || meaning.feature || meaning.derived);
  if (isColumn) return meaning.scores >= 2 && !isWhole(array) && !meaning.derived;
  if (shape[0] === 1) return meaning.scores === 3;
  // With a name for each they're of classes, and no predictions of samples.
  return (
    meaning.scores >= 2 ||
    (!isWholeType(type) && !isWhole(array) && (!meaning.prediction || array.names !== null))
  );
}

/** True for a member of JSON, which has a name but no type. */
function isOfDocument({ isNamed, isLiteral, type }: NamedArray): boolean {
  return isNamed && isLiteral && type === null;
}

/** True for what its name says to be something else. */
export function saysOther(
  { shape, isColumn, name, isNamed, names }: NamedArray,
  meaning: NameMeaning,
): boolean {
  const { target, loss, derived, id, feature, setting, kind, size, matrix } = meaning;
  if (kind === 'logits') return false;
  if (size) return true;
  if (matrix && !isColumn && (shape.length > 1 || (isNamed && BIAS.test(name)))) return true;
  // Scores by the names of their classes may be called "classes".
  const isSetting = setting !== null && !(setting === 'class-names' && names !== null);
  if (target > 0 || loss || feature || isSetting) return true;
  return (shape.length < 2 || isColumn) && (derived || id);
}

/** One for each class, as logits of one row are. */
const BIAS = /(?:^|[./])bias(?:es)?$/;

function strengthOf(array: NamedArray, { scores, id, derived, feature }: NameMeaning): number {
  if (scores >= 2) return scores;
  const { shape, isNamed } = array;
  if (shape.length === 1 || isWhole(array)) return 0.5;
  return isNamed && scores === 0 && (id || derived || feature) ? 0.75 : 1;
}
