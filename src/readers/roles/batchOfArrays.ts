import { SLICE, type Work } from '../../loss/work.ts';
import { chooseClassAxis } from '../json/classAxis.ts';
import { kindOfValues } from '../json/probabilityKind.ts';
import { TOP_NAME } from '../json/served/topTokens.ts';
import type { LogitsBatch, ValueKind } from '../logitsBatch.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import type { AllocateLogits } from '../text/growable.ts';
import { numbersOf, sameNumbers } from './arrayFacts.ts';
import { fullName, meaningOfArray } from './arrayMeaning.ts';
import { chooseTargetArray } from './chooseTargets.ts';
import { summaryRow } from './columns/summaryRow.ts';
import { fittedTargets } from './fittedTargets.ts';
import { labellingOf } from './labelling.ts';
import { isNarrowInFile, type NamedArray } from './namedArray.ts';
import { withSamplesFirst } from './samplesFirst.ts';
import { binaryArray, pairedTargets, singleOutput } from './scores/binaryArray.ts';
import { saysBinary } from './scores/binaryOutputs.ts';
import { scoresFor } from './scores/chooseScores.ts';
import { exactNumbers, needFloat64 } from './scores/exactShares.ts';
import { saysLogits } from './scores/fileSays.ts';
import { mayBeAnything } from './scores/otherNumbers.ts';
import type { ScoreCandidate } from './scores/scoreCandidates.ts';
import { areShares, checkColumn, sharesWarnings } from './scores/sigmoidShares.ts';
import { isOfRows, type Settings, settingsFor } from './settings.ts';
import type { Wish } from './wish.ts';

/** All of a source, and where its logits go. */
export interface SourceExtent {
  /** Byte offsets; without them the batch is where its logits are, or all of the text if its targets are elsewhere in it. */
  readonly start?: number;
  readonly end?: number;
  readonly length?: number;
  readonly room: AllocateLogits;
  /** The text, where it may be read again: see `exactShares.ts`. */
  readonly bytes?: Uint8Array;
  /** Numbers in float32 are where they should be, and nobody else's. */
  readonly isPlaced: boolean;
  /**
   * The first rows of logits that can stay in their file, for what they look like; undefined of those that are to be read. Of a batch whose
   * logits stay there are no values.
   */
  readonly keep?: (array: NamedArray, classAxis: number) => Float32Array | undefined;
}

/**
 * The batch that a source with these arrays has: its logits, their targets, and what is said of the loss. Throws Unreadable where
 * that can't be understood, or may be one or the other.
 */
export function* batchOfArrays(
  given: readonly NamedArray[],
  wish: Wish,
  extent: SourceExtent,
): Work<LogitsBatch> {
  return yield* batchFrom(withSamplesFirst(given), wish, extent, undefined);
}

/** `binary`: what the scores are that were made of a binary model's outputs. */
function* batchFrom(
  arrays: readonly NamedArray[],
  wish: Wish,
  extent: SourceExtent,
  binary: ValueKind | undefined,
): Work<LogitsBatch> {
  const scores = unwrap(scoresFor(arrays, wish));
  const { array } = scores;
  const { shape } = array;
  if (array.content.kind === 'flawed') throw new Unreadable(array.content.problem);
  const settings = settingsFor(arrays, scores.array);
  const classNames = namesOf(arrays, scores.array, settings);
  const counted = settings.classCount ?? classNames?.length;
  const known = { shape, classNames, array: scores.array };
  const byCount = axisOf(shape, wish.classAxis, counted);
  const chosen = unwrap(yield* chooseTargetArray(arrays, { ...known, classAxis: byCount }, wish.ownTargets));
  const { classAxis, classAxisFrom } = chooseClassAxis(shape, wish.classAxis, counted, chosen, array.start);
  const classes = shape[classAxis] ?? 0;
  if (classes === 0 || shape.includes(0)) throw new Unreadable({ reason: 'no-classes', offset: array.start });
  const single = singleOutput(scores, classAxis, chosen);
  if (single || (wish.binary && shape.length === 1)) {
    if (single && !wish.binary && !saysBinary(array, settings)) throw new Unreadable(single);
    const two = yield* binaryArray(scores, classAxis, wish.outputs);
    const doubled = arrays.map((each) => (each === array ? two.array : each));
    const again = { ...wish, member: array.name, classAxis: shape.length === 1 ? 1 : classAxis };
    return yield* batchFrom(doubled, again, extent, two.kind);
  }
  const summed = summaryRow(array, chosen, arrays);
  if (summed) throw new Unreadable(summed);
  const kept = extent.keep?.(array, classAxis);
  const values = kept ?? (yield* valuesOf(array, extent));
  checkColumn(scores, values, arrays);
  checkStored(scores, values, arrays, wish);
  settings.check(classes);
  const context = { shape, classAxis, classNames, ignoreIndex: settings.ignoreIndex };
  const {
    targets,
    ignoreIndex,
    warnings: assumed,
    name,
  } = yield* fittedTargets(
    binary && chosen ? yield* pairedTargets(chosen, shape, classAxis) : chosen,
    context,
  );
  const { start, end } = placeOf(scores.array, targets ? chosen : undefined, extent);
  const fitted = yield* labellingOf(targets, shape, classAxis, chosen?.start ?? start);
  const labelling = binary ? 'binary' : fitted;
  const judged = kept ? [kept.length / classes, classes] : shape;
  const alike = binary ?? (yield* kindOfValues(values, judged, kept ? 1 : classAxis, array.decimals));
  // Outputs of sigmoids don't sum to 1.
  const isSigmoid = labelling === 'multi-label' && scores.meaning.kind !== 'logits' && areShares(values);
  const isTop = alike === 'logits' && isTopOfMore(scores.array, values);
  const looks = isSigmoid ? 'probabilities' : isTop ? 'log-probabilities' : alike;
  const isPercent = looks === 'percent';
  const isPlain = looks === 'logits' && labelling === 'one-class';
  const warnings = [
    ...(array.comma === undefined ? [] : [{ reason: 'decimal-commas', found: array.comma } as const]),
    ...assumed,
    ...(isPlain ? sharesWarnings(scores, values, classes) : []),
    ...(isTop ? [{ reason: 'top-only', classes } as const] : []),
  ];
  // Percent have to be divided, and a file stays as it is.
  const read = kept && isPercent ? yield* valuesOf(array, extent) : values;
  const isStored = array.content.kind === 'stored';
  const numbers =
    kept && !isPercent
      ? new Float32Array(0)
      : yield* inRoom(read, isPercent ? 100 : 1, { ...extent, isPlaced: isStored || extent.isPlaced });
  const mayBeSigmoid = isSigmoid || (looks === 'logits' && labelling !== 'binary' && areShares(values));
  const exact = mayBeSigmoid && !kept ? yield* exactOf(array, values, extent) : undefined;
  const { labelSmoothing, weight, reduction } = settings;
  return {
    values: numbers,
    ...(exact && { exact }),
    shape,
    classAxis,
    classAxisFrom,
    kind: isPercent ? 'probabilities' : looks,
    labelling,
    warnings,
    targets,
    classNames,
    keys: {
      logits: scores.array.isNamed ? shownName(scores.array, arrays) : null,
      targets: targets && name,
      leftOut: leftOut(arrays, scores.array, targets ? chosen : undefined, classNames),
    },
    declared: { labelSmoothing, weight, ignoreIndex, reduction },
    decimals: array.decimals + (isPercent ? 2 : 0),
    rounding: array.rounding / (isPercent ? 100 : 1),
    spans: array.spans,
    start,
    end,
  };
}

/** A list of a file is looked at once it's read. Throws Unreadable if it may be something else, to ask. */
function checkStored(
  scores: ScoreCandidate,
  values: Float32Array | Float64Array,
  arrays: readonly NamedArray[],
  { member, fileName }: Wish,
): void {
  const { array } = scores;
  const { name, shape, start: offset } = array;
  if (array.content.kind !== 'stored' || shape.length !== 1 || member !== undefined) return;
  const loaded: NamedArray = { ...array, content: { kind: 'numbers', values } };
  const others = arrays.filter((other) => other !== array);
  if (!mayBeAnything(loaded, [loaded, ...others]) || saysLogits(scores, fileName)) return;
  throw new Unreadable({ reason: 'several', offset, candidates: [{ name, shape, role: 'logits' }] });
}

/** The numbers in float64, where a sigmoid's loss needs them and they can be had. */
function* exactOf(
  array: NamedArray,
  values: Float32Array | Float64Array,
  { bytes }: SourceExtent,
): Work<Float64Array | undefined> {
  if (!needFloat64(values)) return undefined;
  const { content } = array;
  if (content.kind === 'stored')
    return isNarrowInFile(content)
      ? undefined
      : unwrap(yield* content.load((length) => new Float64Array(length)));
  return bytes && (yield* exactNumbers(bytes, array, values));
}

/** True for the log-probabilities of the likeliest tokens: what they don't sum to 1 by is that of all others. */
function isTopOfMore({ name }: NamedArray, values: Float32Array | Float64Array): boolean {
  return name === TOP_NAME && values.every((value) => value <= 0);
}

function placeOf(
  scores: NamedArray,
  targets: NamedArray | undefined,
  { start = scores.start, end = scores.end, length }: SourceExtent,
): { readonly start: number; readonly end: number } {
  const isBeside = targets && (targets.start < start || targets.end > end);
  return isBeside && length !== undefined ? { start: 0, end: length } : { start, end };
}

/** The numbers, divided, in float32 and where they're to go; as they are, if they're there already. */
function* inRoom(
  values: Float32Array | Float64Array,
  divisor: number,
  { room, isPlaced }: SourceExtent,
): Work<Float32Array> {
  if (isPlaced && divisor === 1 && values instanceof Float32Array) return values;
  const numbers = room(values.length);
  for (let first = 0; first < values.length; first += SLICE) {
    yield first / values.length;
    const part = values.subarray(first, first + SLICE);
    numbers.set(divisor === 1 ? part : Float64Array.from(part, (value) => value / divisor), first);
  }
  return numbers;
}

function unwrap<T>(outcome: { ok: true; value: T } | { ok: false; problem: ReadProblem }): T {
  if (!outcome.ok) throw new Unreadable(outcome.problem);
  return outcome.value;
}

function* valuesOf(array: NamedArray, { room }: SourceExtent): Work<Float32Array | Float64Array> {
  const { content, start } = array;
  if (content.kind === 'stored') return unwrap(yield* content.load(room));
  const values = numbersOf(array);
  if (!values) throw new Unreadable({ reason: 'no-logits', offset: start, keys: [array.name] });
  return values;
}

/** The axis that was chosen, the last of two, or the only one of as many classes as are counted. */
function axisOf(
  shape: readonly number[],
  chosen: number | undefined,
  counted: number | undefined,
): number | undefined {
  if (chosen !== undefined && chosen < shape.length) return chosen;
  if (shape.length <= 2) return shape.length - 1;
  const fitting = shape.map((_, axis) => axis).filter((axis) => shape[axis] === counted);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What the classes are called: by the settings, by the columns, or by a list of as many names. */
function namesOf(
  arrays: readonly NamedArray[],
  scores: NamedArray,
  { classNames }: Settings,
): readonly string[] | null {
  if (classNames) return classNames;
  if (scores.names) return scores.names;
  const copy = arrays.find((array) => array !== scores && array.names && sameNumbers(array, scores));
  if (copy) return copy.names;
  const classes = scores.shape.at(-1);
  const inRecords = arrays.find(
    ({ content, names, shape }) => content.kind === 'texts' && names !== null && shape[0] === classes,
  );
  if (inRecords) return inRecords.names;
  const rows = scores.shape.length > 1 ? scores.shape[0] : 1;
  if (scores.shape.length > 2 || classes === rows) return null;
  const list = arrays.find(
    ({ content, shape, isColumn, ...array }) =>
      content.kind === 'texts' &&
      !isColumn &&
      shape.length === 1 &&
      shape[0] === classes &&
      meaningOfArray(array as NamedArray).target === 2 &&
      new Set(content.values).size === classes,
  );
  return list?.content.kind === 'texts' ? list.content.values : null;
}

/** By its keys, too, where another array has the same name. */
function shownName(array: NamedArray, arrays: readonly NamedArray[]): string {
  const same = arrays.filter(({ name, shape }) => name === array.name && shape.length > 0);
  return same.length > 1 && array.path.length > 0 ? fullName(array) : array.name;
}

/** Arrays that are neither, nor say anything of the loss. */
function leftOut(
  arrays: readonly NamedArray[],
  scores: NamedArray,
  targets: NamedArray | undefined,
  classNames: readonly string[] | null,
): readonly string[] {
  return arrays
    .filter(({ content }) => content.kind !== 'texts' || content.values !== classNames)
    .filter((array) => array !== scores && array !== targets && array.shape.length > 0)
    .filter((array) => isOfRows(array, scores) || meaningOfArray(array).setting === null)
    .map(({ name }) => name);
}
