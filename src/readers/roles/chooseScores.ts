import { failure, type Outcome, success } from '../outcome.ts';
import { type Candidate, type CandidateRole, excerptOf, type ReadProblem } from '../readProblem.ts';
import { areProbabilitiesOf, isWholeType, numbersOf, sameNumbers } from './arrayFacts.ts';
import { meaningOf, type NameMeaning } from './arrayNames.ts';
import { agreeWith } from './largestScores.ts';
import type { NamedArray } from './namedArray.ts';

/** An array that may hold the scores of classes. */
export interface ScoreCandidate {
  readonly array: NamedArray;
  readonly meaning: NameMeaning;
  /** 3: its name says so, and of what kind; 2: its name says so; 1: rows of numbers with fractions; below that little speaks for it. */
  readonly strength: number;
}

const UNNAMED = meaningOf('\u00a0');
/** Without a word: what is said by an array that has no name of its own. */
const SILENT: NameMeaning = { ...UNNAMED, id: false };

/** What an array is called says this of it. */
export function meaningOfArray({ name, isNamed }: NamedArray): NameMeaning {
  return isNamed ? meaningOf(name) : SILENT;
}

/** The arrays that may be scores, in their order. */
export function scoreCandidates(arrays: readonly NamedArray[]): readonly ScoreCandidate[] {
  const beside = labelsBeside(arrays);
  const candidates: ScoreCandidate[] = [];
  for (const array of arrays) {
    const meaning = meaningOfArray(array);
    if (!mayBeScores(array, meaning) || areFeatures(array, beside(array)) || areLargestOf(array, arrays))
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
function areIndicesAlone({ shape, type, isLiteral, isColumn, printer, content }: NamedArray): boolean {
  const isOfFile = !isLiteral && !isColumn && printer === null && content.kind !== 'texts';
  return isOfFile && shape.length === 1 && isWholeType(type);
}

/**
 * True for columns of a table that nothing says to be scores but that they're numbers, beside names of classes of which none is that of
 * a column: a data set.
 */
function areFeatures(array: NamedArray, labels: readonly NamedArray[]): boolean {
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
function labelsBeside(arrays: readonly NamedArray[]): (array: NamedArray) => readonly NamedArray[] {
  const labels = arrays.filter(areNamesOfTargets);
  if (labels.length <= MOST_BESIDE) return () => labels;
  const byStart = new Map(labels.map((each) => [each.start, [each]] as const));
  return ({ start }) => byStart.get(start) ?? [];
}

/** True if the first row sums to 1 or 100. */
function sumsToWhole(array: NamedArray): boolean {
  let sum = 0;
  for (const value of numbersOf(array)?.subarray(0, array.shape.at(-1)) ?? []) sum += value;
  return Math.abs(sum - 1) < 0.02 || Math.abs(sum - 100) < 2;
}

/** Whole numbers up to this may be those of an example someone made up. */
const LARGEST_TOY = 50;
/** So few scores may all be above 0. */
const FEW = 12;

/**
 * True for numbers that nothing says to be scores and that look like something else: prices or lengths in columns (none is below 0,
 * not all are whole, they're no probabilities), or the counts of a confusion matrix. Labels that agree with the largest say that they're scores.
 */
function mayBeAnything(array: NamedArray, arrays: readonly NamedArray[]): boolean {
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

function isNumeric({ content, type }: NamedArray): boolean {
  return content.kind !== 'texts' && type !== 'text' && type !== 'bool';
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
  return meaning.scores >= 2 || (!isWholeType(type) && !isWhole(array) && !meaning.prediction);
}

/** True for a member of JSON, which has a name but no type. */
function isOfDocument({ isNamed, isLiteral, type }: NamedArray): boolean {
  return isNamed && isLiteral && type === null;
}

/** True for what its name says to be something else. */
function saysOther({ shape, isColumn }: NamedArray, meaning: NameMeaning): boolean {
  const { target, loss, derived, id, feature, setting, kind, size, matrix } = meaning;
  if (kind === 'logits') return false;
  if (size) return true;
  if (matrix && shape.length > 1 && !isColumn) return true;
  if (target > 0 || loss || feature || setting !== null) return true;
  return (shape.length < 2 || isColumn) && (derived || id);
}

/** How many numbers show whether all are whole. */
const JUDGED = 1 << 14;

function isWhole(array: NamedArray): boolean {
  if (array.type !== null) return isWholeType(array.type);
  return numbersOf(array)?.subarray(0, JUDGED).every(Number.isInteger) ?? false;
}

function strengthOf(array: NamedArray, { scores, id, derived, feature }: NameMeaning): number {
  if (scores >= 2) return scores;
  const { shape, isNamed } = array;
  if (shape.length === 1 || isWhole(array)) return 0.5;
  return isNamed && scores === 0 && (id || derived || feature) ? 0.75 : 1;
}

/** The scores that must be meant, or are wished for; or the candidates, where it could be one or the other. */
export function chooseScores(
  arrays: readonly NamedArray[],
  member: string | undefined,
): Outcome<ScoreCandidate, ReadProblem> {
  const candidates = scoreCandidates(arrays);
  const start = arrays[0]?.start ?? 0;
  if (member !== undefined) return namedScores(arrays, candidates, member);
  const most = Math.max(...candidates.map(({ strength }) => strength));
  const strong = candidates.filter(({ strength }) => strength >= Math.min(most, 2));
  // Beside columns that belong together a single one is about them: "logit_std", "human_prob".
  const isTogether = strong.some(({ array }) => array.shape.length > 1);
  const likely = withoutCopies(
    isTogether ? strong.filter(({ array }) => !array.isColumn || array.shape.length > 1) : strong,
  );
  const [first] = likely;
  if (!first) return failure(nothing(arrays));
  // Of what can't be read it doesn't matter which was meant.
  const isNone = likely.every(({ array }) => array.content.kind === 'flawed');
  const sure = likely.length === 1 || isNone ? first : theLogits(likely);
  if (sure && !mayBeAnything(sure.array, arrays)) return success(sure);
  return failure({ reason: 'several', offset: start, candidates: offered(sure ? [sure] : likely) });
}

function namedScores(
  arrays: readonly NamedArray[],
  candidates: readonly ScoreCandidate[],
  member: string,
): Outcome<ScoreCandidate, ReadProblem> {
  const called = (array: NamedArray) => member === array.name || member === fullName(array);
  const among = candidates.find(({ array }) => called(array) || member === array.path.join('.'));
  const any = among?.array ?? arrays.find((array) => called(array) && isNumeric(array));
  const [only] = candidates;
  if (!any && only && arrays.filter(({ shape }) => shape.length > 0).length === 1) return success(only);
  if (any) return success(among ?? { array: any, meaning: meaningOfArray(any), strength: 1 });
  const truth = arrays.find((array) => called(array) && array.type === 'bool');
  if (truth) return failure({ reason: 'array-type', offset: truth.start, kind: 'other', found: 'bool' });
  const members = (candidates.length > 0 ? candidates.map(({ array }) => array) : arrays).map(
    ({ name }) => name,
  );
  return failure({ reason: 'no-member', offset: arrays[0]?.start ?? 0, name: member, members });
}

/** Keys and name: "first.logits". */
export function fullName({ path, name }: NamedArray): string {
  return [...path, name].join('.');
}

/** Without the probabilities of logits that are there, too, and the same numbers by the names of their classes. */
function withoutCopies(candidates: readonly ScoreCandidate[]): readonly ScoreCandidate[] {
  if (candidates.length < 2 || candidates.length > 16) return candidates;
  return candidates.filter(
    ({ array, meaning }) =>
      !candidates.some(
        (other) =>
          other.array !== array &&
          ((meaning.kind !== 'logits' &&
            other.meaning.kind === 'logits' &&
            areProbabilitiesOf(other.array, array)) ||
            (meaning.kind !== null &&
              (array.names ? !other.array.names : !other.array.names && isAfter(array, other.array)) &&
              array.shape.join() === other.array.shape.join() &&
              sameNumbers(array, other.array))),
      ),
  );
}

function isAfter(array: NamedArray, other: NamedArray): boolean {
  return array.start > other.start || (array.start === other.start && array.name > other.name);
}

/** The one that is called logits, if the others aren't of the same rows. */
function theLogits(likely: readonly ScoreCandidate[]): ScoreCandidate | undefined {
  const logits = likely.filter(({ meaning }) => meaning.kind === 'logits');
  const [only] = logits;
  if (logits.length !== 1 || !only) return undefined;
  const rows = only.array.shape.slice(0, -1).join();
  return likely.every(({ array }) => array === only.array || array.shape.slice(0, -1).join() !== rows)
    ? only
    : undefined;
}

/** What is asked: each by its own name, or by the keys it's below where names are the same. */
function offered(likely: readonly ScoreCandidate[]): readonly Candidate[] {
  const names = likely.map(({ array }) => array.name);
  const isSame = new Set(names).size < names.length;
  return likely.map(({ array, meaning }) => {
    const name = isSame && array.path.length > 0 ? pathName(array, likely) : array.name;
    return { name, shape: array.shape, role: roleOf(meaning) };
  });
}

function pathName(array: NamedArray, likely: readonly ScoreCandidate[]): string {
  const path = array.path.join('.');
  const isOnly = likely.filter((other) => other.array.path.join('.') === path).length === 1;
  return isOnly ? path : fullName(array);
}

function roleOf({ kind }: NameMeaning): CandidateRole {
  return kind === 'percent' ? 'probabilities' : (kind ?? 'logits');
}

function nothing(arrays: readonly NamedArray[]): ReadProblem {
  const offset = arrays[0]?.start ?? 0;
  const names = arrays.filter(({ isNamed }) => isNamed).map(({ name }) => name);
  const other = arrays.find((array) => meaningOfArray(array).kind === 'logits');
  if (other?.type === 'bool') return { reason: 'not-a-number', offset: other.start, found: 'true' };
  if (other?.content.kind === 'texts') {
    const found = other.shape.length > 0 ? '["…"]' : excerptOf(JSON.stringify(other.content.values[0]));
    return { reason: 'not-a-number', offset: other.start, found };
  }
  const losses = arrays.filter((array) => meaningOfArray(array).loss).map(({ name }) => name);
  if (losses.length > 0) return { reason: 'losses', offset, names: losses };
  const parameters = arrays.filter(({ isParameter, shape }) => isParameter && shape.length > 0);
  const areAll =
    parameters.length > 0 && parameters.length === arrays.filter(({ shape }) => shape.length > 0).length;
  if (areAll)
    return { reason: 'parameters', offset, names: namesAmong(parameters), count: parameters.length };
  const columns = arrays.filter(
    (array) => array.isColumn && array.type !== 'text' && !saysOther(array, meaningOfArray(array)),
  );
  // Beside nothing but targets, one number a row is a binary model's.
  const isBinary = columns.length === 1 && arrays.some((array) => meaningOfArray(array).target > 0);
  if (isBinary) return { reason: 'one-class', offset: columns[0]!.start };
  return { reason: 'no-logits', offset, keys: names };
}

/** Some of a model's parameters, by their keys. */
function namesAmong(parameters: readonly NamedArray[]): readonly string[] {
  return parameters.slice(0, MOST_TOLD).map(fullName);
}

const MOST_TOLD = 3;
