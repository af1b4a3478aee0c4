import { portion, type Work } from '../loss/work.ts';
import { readAround, TELLS_NOTHING } from './json/aroundCursor.ts';
import { type ParsedJson, parseJson, type ReadOptions, readArrays } from './json/readJson.ts';
import { shownScores } from './json/shownValue.ts';
import type { LogitsBatch } from './logitsBatch.ts';
import { failure, type Outcome, success } from './outcome.ts';
import { withLiteralRows } from './printed/literalRows.ts';
import { withRepeatedRows } from './printed/repeatedRows.ts';
import { withStackedRows } from './printed/stackedRows.ts';
import { findTextArrays } from './printed/textArrays.ts';
import { textTarget } from './printed/textTarget.ts';
import type { ReadProblem } from './readProblem.ts';
import { meaningOfArray } from './roles/arrayMeaning.ts';
import { isSaid } from './roles/arrayNames.ts';
import { gridArrays } from './roles/gridArrays.ts';
import type { NamedArray } from './roles/namedArray.ts';
import { mayBeAnything } from './roles/scores/otherNumbers.ts';
import { scoreCandidates } from './roles/scores/scoreCandidates.ts';
import { hasStatistics, readStatistics, statisticsMember } from './statistics/readStatistics.ts';
import { hasSums, readSums, sumsMember } from './statistics/readSums.ts';
import { unclearNumbers } from './table/decimalCommas.ts';
import { allocateOwn } from './text/growable.ts';
import { lossesIn } from './text/loggedLosses.ts';
import { isRunArgument, runArguments, runArgumentsIn } from './text/runArguments.ts';

/** What of a text is wanted, and how its numbers are read. */
export interface TextOptions
  extends Pick<
    ReadOptions,
    'classAxis' | 'scanner' | 'room' | 'member' | 'ownTargets' | 'binary' | 'outputs' | 'fileName'
  > {
  /** Where the cursor is: what is around it counts more than what is elsewhere. */
  readonly offset?: number;
}

type Read = Outcome<LogitsBatch, ReadProblem>;

/** A text before it's known what of it is wanted. */
export interface ParsedText {
  /** All of it as JSON; or why it isn't. */
  readonly json: Outcome<ParsedJson, ReadProblem>;
  /** The arrays that are printed in it, and its tables; null if it's JSON. */
  readonly printed: readonly NamedArray[] | null;
}

/** Parses a text in UTF-8 once, so that several of its arrays can be read from it. What is printed is looked for only where it isn't JSON. */
export function* parseText(
  bytes: Uint8Array,
  options: Pick<ReadOptions, 'scanner' | 'room'> = {},
): Work<ParsedText> {
  const json = yield* portion(parseJson(bytes, options), 0, 0.6);
  return { json, printed: isJson(bytes, json) ? null : yield* portion(printedIn(bytes), 0.6, 1) };
}

/** Reads logits from text in UTF-8: JSON, or arrays and tables that are printed in it. What was parsed of it before isn't parsed again. */
export function* readText(bytes: Uint8Array, options: TextOptions = {}, known?: ParsedText): Work<Read> {
  const { offset, member } = options;
  const parsed = known ?? (yield* portion(parseText(bytes, options), 0, 0.9));
  const whole = yield* readParsed(bytes, parsed, options, known !== undefined);
  if (offset === undefined || member !== undefined) return whole;
  // What may be something else isn't chosen by standing in it.
  const isOneAsked = !whole.ok && whole.problem.reason === 'several' && whole.problem.candidates.length === 1;
  if (isOneAsked || isInTable(parsed, offset)) return whole;
  if (!parsed.printed) {
    const isOpen =
      !whole.ok && (TELLS_NOTHING.has(whole.problem.reason) || whole.problem.reason === 'several');
    return isOpen ? ((yield* readAround(bytes, offset, options)) ?? whole) : whole;
  }
  if (whole.ok || whole.problem.reason !== 'several') {
    // Where what is printed isn't logits, a value in code around the cursor may be.
    const isOpen = !whole.ok && TELLS_NOTHING.has(whole.problem.reason);
    const part = isOpen ? yield* readAround(bytes, offset, options) : undefined;
    // Of a log nothing in brackets says more than that it's one.
    const isLog = !whole.ok && whole.problem.reason === 'losses';
    return part && (part.ok || !isLog || part.problem.reason === 'several') ? part : whole;
  }
  const around = scoreCandidates(parsed.printed).filter(
    ({ array }) => array.start <= offset && offset <= array.end,
  );
  const chosen = around.at(-1)?.array;
  if (chosen && !mayBeAnything(chosen, parsed.printed))
    return yield* readParsed(bytes, parsed, { ...options, member: chosen.name }, known !== undefined);
  return (yield* readAround(bytes, offset, options)) ?? whole;
}

/** True in a table that is printed: a cell, or several columns, are no more meant there than all of it. */
function isInTable({ printed }: ParsedText, offset: number): boolean {
  return printed?.some(({ isColumn, start, end }) => isColumn && start <= offset && offset <= end) === true;
}

function* readParsed(
  bytes: Uint8Array,
  { json, printed }: ParsedText,
  options: TextOptions,
  isKept: boolean,
): Work<Read> {
  const room = options.room ?? allocateOwn;
  const unclear = printed?.length === 0 ? unclearNumbers(bytes) : undefined;
  if (unclear) return failure(unclear);
  if (!printed || (printed.length === 0 && json.ok)) {
    if (!json.ok) return json;
    const { arrays, start, end } = json.value;
    if (hasSums(arrays)) return yield* readSums(arrays);
    if (hasStatistics(arrays)) return yield* readStatistics(arrays);
    const read = yield* readArrays(arrays, options, { bytes, start, end, room, isPlaced: !isKept });
    const isOpen =
      !read.ok &&
      (read.problem.reason === 'no-logits' ||
        (read.problem.reason === 'losses' && read.problem.names.every(isRunArgument)));
    const annotations = isOpen && isLabelStudio(bytes);
    if (annotations) return failure({ reason: 'other-format', format: 'label-studio', offset: start });
    const run = isOpen ? runArguments(singleNumbers(arrays)) : undefined;
    return run ? failure(run) : read;
  }
  const eligible = withScores(eligibleAmong(printed, options), printed);
  if (!eligible.some(({ shape }) => shape.length > 0)) {
    const shown = yield* shownScores(bytes);
    if (shown) return yield* readArrays(shown, options, { bytes, room, isPlaced: false });
    return failure(nothingIn(bytes, json));
  }
  const read = yield* readArrays(eligible, options, { bytes, room, isPlaced: false, length: bytes.length });
  return read.ok || read.problem.reason !== 'no-logits'
    ? read
    : failure(nothingIn(bytes, json, read.problem));
}

/** Where what counts has targets and nothing that they're for, that is what else is there. */
function withScores(eligible: readonly NamedArray[], printed: readonly NamedArray[]): readonly NamedArray[] {
  if (eligible.length === printed.length || scoreCandidates(eligible).length > 0) return eligible;
  return eligible.some((array) => meaningOfArray(array).target > 0) ? printed : eligible;
}

/** With a cursor, lists in code count if it's in them, or if they say what they are: most are something else. */
function eligibleAmong(
  printed: readonly NamedArray[],
  { offset, member }: TextOptions,
): readonly NamedArray[] {
  if (offset === undefined || member !== undefined) return printed;
  return printed.filter(
    ({ isLiteral, isNamed, name, start, end }) =>
      !isLiteral || (isNamed && isSaid(name)) || (start <= offset && offset <= end),
  );
}

/** Why there's nothing: a training log, JSON with a mistake, or no numbers. */
function nothingIn(bytes: Uint8Array, json: ParsedText['json'], otherwise?: ReadProblem): ReadProblem {
  const losses = lossesIn(bytes);
  if (losses.length > 0) return { reason: 'losses', offset: 0, names: losses };
  const openedAt = cutTensor(bytes);
  if (openedAt !== undefined) return { reason: 'truncated', offset: bytes.length, openedAt };
  const run = runArgumentsIn(bytes);
  if (run) return run;
  if (otherwise) return otherwise;
  if (!json.ok && looksLikeJson(bytes)) return json.problem;
  if (!json.ok && json.problem.reason === 'empty') return json.problem;
  return { reason: 'no-logits', offset: 0, keys: [] };
}

/** True for tasks of Label Studio, with what people chose in each. */
function isLabelStudio(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, LONGEST_CUT));
  return /"annotations"\s*:/.test(text) && /"from_name"\s*:/.test(text) && /"to_name"\s*:/.test(text);
}

/** What has one number, by its name; undefined for what has another value. */
function singleNumbers(arrays: readonly NamedArray[]): ReadonlyMap<string, number | undefined> {
  const single = arrays.filter(({ shape, isNamed }) => isNamed && shape.length === 0);
  return new Map(
    single.map(({ name, content }) => [name, content.kind === 'numbers' ? content.values[0] : undefined]),
  );
}

/** Where a tensor begins whose brackets don't end. */
function cutTensor(bytes: Uint8Array): number | undefined {
  if (bytes.length > LONGEST_CUT) return undefined;
  const text = new TextDecoder('latin1').decode(bytes);
  const start = Math.max(text.lastIndexOf('tensor(['), text.lastIndexOf('array(['));
  if (start === -1) return undefined;
  let depth = 0;
  for (let i = start; i < bytes.length; i++) depth += bytes[i] === OPEN ? 1 : bytes[i] === CLOSE ? -1 : 0;
  return depth > 0 ? start : undefined;
}

/** Longer texts aren't searched for it. */
const LONGEST_CUT = 1 << 20;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** Brackets at the start, with what JSON has in them. */
function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\s*(?:\[\s*["[{\d-]|\{\s*["'}]|"|-?\d)/.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/** The arrays there are in a text; or why there's none that can be read as logits. */
export function* membersOfText(
  bytes: Uint8Array,
  known?: ParsedText,
): Work<Outcome<readonly NamedArray[], ReadProblem>> {
  const { json, printed } = known ?? (yield* parseText(bytes));
  const arrays = printed && printed.length > 0 ? printed : json.ok ? json.value.arrays : [];
  if (hasSums(arrays) || hasStatistics(arrays)) {
    const member = hasSums(arrays) ? yield* sumsMember(arrays) : yield* statisticsMember(arrays);
    return member.ok ? success([member.value]) : member;
  }
  const readable = arrays.filter(
    (array) =>
      array.content.kind === 'numbers' &&
      array.shape.length > 0 &&
      !array.isParameter &&
      !isSingleNumber(bytes, array),
  );
  const scores = scoreCandidates(arrays).map(({ array }) => array.content);
  const flawed = scores.every(({ kind }) => kind === 'flawed') ? scores[0] : undefined;
  if (flawed?.kind === 'flawed') return failure(flawed.problem);
  const listed = readable.filter((array) => !array.isColumn || meaningOfArray(array).target > 0);
  if (listed.length > 0) return success(listed.map(withType));
  return failure(nothingIn(bytes, json));
}

/** True for a number by itself, such as a loss that a cell shows: it's one of the targets or logits of nothing. */
function isSingleNumber(bytes: Uint8Array, { isNamed, shape, start }: NamedArray): boolean {
  return !isNamed && shape.length === 1 && shape[0] === 1 && isBare(bytes, start);
}

/** True where a number stands without a bracket, or anything before it. */
function isBare(bytes: Uint8Array, start: number): boolean {
  return /[-+.\dniNI]/.test(String.fromCharCode(bytes[start]!));
}

/** A list of whole numbers is more likely indices of classes, where nothing says what they're stored as. */
function withType(array: NamedArray): NamedArray {
  const { content, shape, type, isNamed } = array;
  const isLogits = isNamed && meaningOfArray(array).scores > 0;
  if (type !== null || shape.length !== 1 || isLogits || content.kind !== 'numbers') return array;
  return content.values.every(Number.isInteger) ? { ...array, type: 'int' } : array;
}

/** True if that's all there is to say: it's JSON, or goes wrong only as JSON does. */
function isJson(bytes: Uint8Array, json: ParsedText['json']): boolean {
  if (!json.ok) return !/^(syntax|truncated|not-a-number|empty)$/.test(json.problem.reason);
  // Bare numbers may be a table.
  const { arrays, start } = json.value;
  return arrays[0]?.shape.length !== 1 || !isBare(bytes, start);
}

/** The arrays that are printed in a text, the columns of its tables among them. */
export function* printedIn(bytes: Uint8Array): Work<readonly NamedArray[]> {
  const pieces = yield* findTextArrays(bytes);
  const grids = pieces.filter(({ kind }) => kind === 'grid').length;
  const arrays: NamedArray[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'array') arrays.push(piece.array);
    else {
      const { name, grid } = piece;
      const path = grids > 1 ? [name ?? `table ${arrays.length + 1}`] : [];
      const columns = yield* gridArrays(grid, path);
      arrays.push(
        ...columns.map((array) => (array.isNamed || !name ? array : { ...array, name, isNamed: true })),
      );
    }
  }
  const head = new TextDecoder().decode(bytes.subarray(0, 64));
  // Of JSON that has a mistake in it no part is good for the whole.
  const own = /^[\s[{]*"/.test(head) ? arrays.filter(({ isLiteral }) => !isLiteral) : arrays;
  const stacked = yield* withRepeatedRows(
    bytes,
    yield* withLiteralRows(bytes, yield* withStackedRows(bytes, own)),
  );
  const target = textTarget(bytes, stacked);
  return target ? [...stacked, target] : stacked;
}
