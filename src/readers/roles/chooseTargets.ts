import { mostOf } from '../../loss/mostOf.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Work } from '../../loss/work.ts';
import { indexShape, sameShape } from '../json/fitTargets.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Candidate, ReadProblem } from '../readProblem.ts';
import { truthIndex } from '../text/truthValues.ts';
import { isWholeType, numbersOf, sameNumbers, wholeRange } from './arrayFacts.ts';
import { fullName, meaningOfArray } from './arrayMeaning.ts';
import { isClassIndex, isClassMask, isSplit, nameWords, partOfName, saysTrue } from './arrayNames.ts';
import type { NamedArray } from './namedArray.ts';
import { areLargest, arePredictions } from './scores/largestScores.ts';

/** The scores that targets are looked for. */
export interface Scores {
  readonly array: NamedArray;
  readonly shape: readonly number[];
  readonly classNames: readonly string[] | null;
  /** Where the classes are, if something has said so; else any axis may be theirs. */
  readonly classAxis: number | undefined;
}

interface TargetCandidate {
  readonly array: NamedArray;
  /** As in `NameMeaning.target`; 0: a prediction. */
  readonly strength: number;
  /** How far its keys are from those of the scores. */
  readonly distance: number;
  readonly fits: boolean;
}

/**
 * The array with the targets of these scores, one that is called so and doesn't fit among them, if no other does; undefined if there's
 * none. Where several may be, they're the problem. Predictions are never taken, only offered.
 */
export function* chooseTargetArray(
  arrays: readonly NamedArray[],
  scores: Scores,
  wanted: string | null | undefined,
): Work<Outcome<NamedArray | undefined, ReadProblem>> {
  if (wanted === null) return success(undefined);
  if (wanted !== undefined) return namedTargets(arrays, wanted);
  const candidates: TargetCandidate[] = [];
  // Once: there may be thousands of classes, and of columns.
  const called = new Set(scores.classNames);
  for (const array of arrays) {
    const candidate = yield* candidateOf(array, scores, called);
    if (candidate) candidates.push(candidate);
  }
  const named = candidates.filter(
    ({ array, strength }) => strength > 0 && !isOfOtherSplit(array, scores.array),
  );
  const fitting = ofSamePart(
    named.filter(({ fits }) => fits),
    scores.array,
  );
  const nearest = -mostOf(fitting, ({ distance }) => -distance);
  const near = fitting.filter(({ distance }) => distance === nearest);
  const [best, ...others] = near.toSorted((a, b) => b.strength - a.strength);
  if (!best) return success(unfitting(named, scores.array));
  const predictions = candidates.filter(({ strength, fits }) => strength === 0 && fits);
  // Nothing but its place says what a column without a name is.
  if (best.strength < 1) return failure(severalOf([best, ...others, ...predictions]));
  // What is called the truth is, whatever else is called a label; a target is, beside labels that are predictions.
  const rivals = others.filter(
    ({ array, strength }) =>
      (strength === best.strength ||
        best.strength < 3 ||
        !(saysTrue(best.array.name) || arePredictions(array, scores))) &&
      !sameTargets(array, best.array),
  );
  if (rivals.length === 0) return success(best.array);
  return failure(severalOf([best, ...rivals, ...predictions]));
}

/** Those whose names have the same part as that of the scores, if one does: "test_labels" of "test_logits", not "train_labels". */
function ofSamePart(
  candidates: readonly TargetCandidate[],
  { name, isNamed }: NamedArray,
): readonly TargetCandidate[] {
  const part = isNamed ? partOfName(name) : '';
  if (part === '') return candidates;
  const same = candidates.filter(({ array }) => array.isNamed && partOfName(array.name) === part);
  return same.length > 0 ? same : candidates;
}

/** True for labels of another part of a data set: they're of other rows, even if they're as many. */
function isOfOtherSplit(array: NamedArray, scores: NamedArray): boolean {
  if (!array.isNamed || !scores.isNamed) return false;
  const [part, own] = [partOfName(array.name), partOfName(scores.name)];
  return part !== own && isSplit(part) && isSplit(own);
}

function severalOf(candidates: readonly TargetCandidate[]): ReadProblem {
  return { reason: 'several', offset: candidates[0]!.array.start, candidates: candidates.map(offer) };
}

function offer({ array, strength }: TargetCandidate): Candidate {
  return { name: array.name, shape: array.shape, role: strength === 0 ? 'predictions' : 'targets' };
}

/** The one that is called targets most clearly, though it doesn't fit: its problem is told. Of other objects none is expected to. */
function unfitting(named: readonly TargetCandidate[], scores: NamedArray): NamedArray | undefined {
  // "y" may be a coordinate.
  const own = named.filter(
    ({ array, distance, strength }) =>
      distance === 0 && (strength > 1 || array.content.kind === 'flawed' || isOneEach(array, scores)),
  );
  return own.toSorted((a, b) => b.strength - a.strength)[0]?.array;
}

/** True for as many zeros and ones as there are scores: a binary model's. */
function isOneEach(array: NamedArray, { shape }: NamedArray): boolean {
  const values = numbersOf(array);
  return (
    shape.length === 1 &&
    sameShape(array.shape, shape) &&
    values?.every((value) => value === 0 || value === 1) === true
  );
}

function namedTargets(arrays: readonly NamedArray[], name: string): Outcome<NamedArray, ReadProblem> {
  const found = arrays.find((array) => array.name === name || fullName(array) === name);
  if (found) return success(found);
  const members = arrays.map((array) => array.name);
  return failure({ reason: 'no-member', offset: arrays[0]?.start ?? 0, name, members });
}

function* candidateOf(
  array: NamedArray,
  scores: Scores,
  called: ReadonlySet<string>,
): Work<TargetCandidate | undefined> {
  if (array === scores.array || array.name === scores.array.name || array.isParameter) return undefined;
  const { target, prediction, setting, kind } = meaningOfArray(array);
  if (setting !== null && setting !== 'class-names') return undefined;
  // Truth values without a name are as likely those of a comparison.
  const isUnnamed =
    !array.isNamed &&
    isWholeType(array.type) &&
    array.type !== 'bool' &&
    array.shape.length > 0 &&
    !array.isColumn;
  const isIndex = array.isNamed ? isClassIndex(array.name) : array.isColumn && isWholeType(array.type);
  const isMask = scores.shape.length > 2 && array.isNamed && isClassMask(array.name);
  const isGuess =
    (isMask && array.type !== 'bool' && (yield* fitsScores(array, scores))) ||
    (isIndex && (yield* mayBeIndices(array, scores))) ||
    (target === 0 && !prediction && setting === null && areNamesOnly(array, scores, called));
  if (target === 0 && !prediction && !isUnnamed && !isGuess) return undefined;
  // Of a row's scores some have "true" in their names: "prob_true".
  if (array.isColumn && kind !== null) return undefined;
  const distance = distanceOf(array.path, scores.array.path);
  if (distance === undefined) return undefined;
  const fits = yield* fitsScores(array, scores);
  if (isUnnamed && !fits) return undefined;
  // Without a name the largest scores of several rows are as likely what was predicted.
  const isUnsure = isGuess || (isUnnamed && lengthOf(array.shape) > 2 && arePredictions(array, scores));
  if (array.content.kind === 'texts' && areClassNames(array, scores)) return undefined;
  return { array, strength: prediction ? 0 : isUnsure ? UNSURE : isUnnamed ? 1 : target, distance, fits };
}

/** Less than any name says. */
const UNSURE = 0.5;

/** True for classes in a column without a name: they don't number the rows, and aren't the largest scores. */
function* mayBeIndices(array: NamedArray, scores: Scores): Work<boolean> {
  const [values, numbers] = [numbersOf(array), numbersOf(scores.array)];
  const classes = scores.shape.at(-1)!;
  if (!values || !numbers || values.length * classes !== numbers.length || values.length < 2) return false;
  const { isWhole, least, most } = yield* wholeRange(values);
  if (!isWhole || least < 0 || most >= classes) return false;
  if (values.every((value, row) => value === row) || values.every((value) => value === values[0]))
    return false;
  return !areLargest(values, numbers, classes);
}

/** True for names of classes in every row of a column, though nothing calls it their targets: asked about, as it may be. */
function areNamesOnly(array: NamedArray, scores: Scores, called: ReadonlySet<string>): boolean {
  const { content, shape, isColumn } = array;
  if (content.kind !== 'texts' || !isColumn || shape.length !== 1 || !hasRows(array, scores)) return false;
  const { id, derived } = meaningOfArray(array);
  return (
    !id && !derived && content.values.every((text) => called.has(text)) && !arePredictions(array, scores)
  );
}

/** 0 beside the scores, 1 where the objects have no more than a key between them; undefined in another one of several like theirs. */
function distanceOf(path: readonly string[], scores: readonly string[]): number | undefined {
  let common = 0;
  while (common < path.length && common < scores.length && path[common] === scores[common]) common++;
  const [up, down] = [scores.length - common, path.length - common];
  return up > 0 && down > 0 && common === 0 && path.length > 1 ? undefined : up + down;
}

/** As many different texts as classes, for another number of rows. */
function areClassNames({ content, name, names }: NamedArray, { shape, classAxis, array }: Scores): boolean {
  if (content.kind !== 'texts') return false;
  const classes = shape[classAxis ?? shape.length - 1];
  const rows = lengthOf(shape) / (classes || 1);
  const isPlural = /s$/i.test(nameWords(name).at(-1) ?? '') || array.isColumn || names !== null;
  return (
    isPlural &&
    content.values.length === classes &&
    classes !== rows &&
    new Set(content.values).size === classes
  );
}

/** Whether it has a target for each row, or a distribution: by shape, range and names. */
function* fitsScores(array: NamedArray, scores: Scores): Work<boolean> {
  const { content } = array;
  const { shape, classNames } = scores;
  if (content.kind === 'texts') {
    const names = new Set(classNames);
    const known = { classNames, classes: shape[scores.classAxis ?? shape.length - 1]! };
    const isClass = (text: string) => names.has(text) || truthIndex(text, known) !== undefined;
    return hasRows(array, scores) && content.values.some(isClass);
  }
  const values = numbersOf(array);
  if (!values) return content.kind === 'stored' && (hasRows(array, scores) || sameShape(array.shape, shape));
  if (sameShape(array.shape, shape) && shape.length > 1)
    return values.every((value) => value >= 0 && value <= 1);
  if (!hasRows(array, scores)) return false;
  if (array.type === 'bool' && shape[scores.classAxis ?? shape.length - 1]! > 2) return false;
  const range = yield* wholeRange(values);
  return range.isWhole;
}

/** True for the shape of the scores without an axis, which may be 1 instead. */
export function hasRows(
  { shape: own }: NamedArray,
  { shape, classAxis }: Pick<Scores, 'shape' | 'classAxis'>,
): boolean {
  const axes = classAxis === undefined ? shape.map((_, axis) => axis) : [classAxis];
  const tried = shape.length <= 2 ? [shape.length - 1] : axes;
  return tried.some((axis) => {
    const rows = indexShape(shape, axis);
    return (
      sameShape(own, rows) || sameShape(own, [...rows, 1]) || (lengthOf(rows) === 1 && lengthOf(own) === 1)
    );
  });
}

function sameTargets(a: NamedArray, b: NamedArray): boolean {
  if (a.content.kind === 'texts' && b.content.kind === 'texts')
    return a.content.values.join('\u0000') === b.content.values.join('\u0000');
  return sameNumbers(a, b);
}
