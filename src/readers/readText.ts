import { portion, type Work } from '../loss/work.ts';
import { readAround, TELLS_NOTHING } from './json/aroundCursor.ts';
import { type ReadOptions, readJson } from './json/readJson.ts';
import type { LogitsBatch } from './logitsBatch.ts';
import { failure, type Outcome, success } from './outcome.ts';
import { findPrinted } from './printed/findPrinted.ts';
import type { PrintedTensor } from './printed/printedTensor.ts';
import { readPrinted } from './printed/readPrinted.ts';
import type { ReadProblem } from './readProblem.ts';
import { type AllocateLogits, allocateOwn } from './text/growable.ts';

/** What of a text is wanted, and how its numbers are read. */
export interface TextOptions extends Pick<ReadOptions, 'classAxis' | 'scanner' | 'room'> {
  /** Where the cursor is: what is around it counts more than what is elsewhere. */
  readonly offset?: number;
  /** Which tensor of several, by its name. */
  readonly member?: string;
}

type Read = Outcome<LogitsBatch, ReadProblem>;

/** A text before it's known what of it is wanted. */
export interface ParsedText {
  /** All of it as JSON, with its usual class axis; or why it isn't logits in JSON. */
  readonly json: Read;
  /** The tensors that are printed in it; null if it's JSON. */
  readonly tensors: readonly PrintedTensor[] | null;
}

/**
 * Parses a text in UTF-8 once, so that several of its tensors can be read from it. Printed tensors are looked for only where it isn't
 * JSON.
 */
export function* parseText(
  bytes: Uint8Array,
  options: Pick<ReadOptions, 'classAxis' | 'scanner' | 'room'> = {},
): Work<ParsedText> {
  const json = yield* portion(readJson(bytes, options), 0, 0.6);
  return { json, tensors: isJson(bytes, json) ? null : yield* portion(tensorsIn(bytes), 0.6, 1) };
}

/** Reads logits from text in UTF-8: JSON, or a tensor that is printed in it. What was parsed of it before isn't parsed again. */
export function* readText(bytes: Uint8Array, options: TextOptions = {}, known?: ParsedText): Work<Read> {
  const isGood = known && (options.classAxis === undefined || (known.tensors && !known.json.ok));
  const parsed = isGood ? known : yield* portion(parseText(bytes, options), 0, 0.9);
  const { tensors } = parsed;
  const json = isGood ? inRoom(known.json, options.room) : parsed.json;
  if (!tensors) {
    if (options.offset === undefined || json.ok || !TELLS_NOTHING.has(json.problem.reason)) return json;
    return (yield* readAround(bytes, options.offset, options)) ?? json;
  }
  const { offset, member } = options;
  const hasCursor = offset !== undefined && member === undefined;
  const around = hasCursor ? yield* readAroundOffset(bytes, tensors, offset, options) : undefined;
  if (around) return around;
  // Lists away from the cursor are more often code than logits.
  const eligible = hasCursor ? tensors.filter(({ isLiteral }) => !isLiteral) : tensors;
  if (eligible.length === 0) return json;
  const chosen = choose(eligible, member);
  return chosen.ok ? yield* readPrinted(chosen.value, options) : chosen;
}

/** A tensor of a text, to choose it by. */
type TextMember = Pick<PrintedTensor, 'name' | 'shape' | 'type' | 'start' | 'end'>;

/** The tensors there are in a text; or why there's none that can be read as logits. */
export function* membersOfText(
  bytes: Uint8Array,
  known?: ParsedText,
): Work<Outcome<readonly TextMember[], ReadProblem>> {
  const { json, tensors } = known ?? (yield* parseText(bytes));
  if (!tensors) {
    if (!json.ok) return json;
    const { keys, shape, start, end, values } = json.value;
    // A list of whole numbers is more likely indices of classes, unless something says that it's logits.
    const isWhole = keys.logits === null && shape.length === 1 && values.every(Number.isInteger);
    return success([{ name: keys.logits ?? 'logits', shape, type: isWhole ? 'int' : null, start, end }]);
  }
  const candidates = candidatesAmong(tensors);
  const problem = candidates.find(({ read }) => !read.ok)?.read;
  if (problem && !problem.ok && candidates.every(({ read }) => !read.ok)) return problem;
  const readable = tensors.filter(({ read }) => read.ok);
  return readable.length > 0 || json.ok ? success(readable) : json;
}

/** Logits that someone keeps, in memory of their own. */
function inRoom(json: Read, room: AllocateLogits = allocateOwn): Read {
  if (!json.ok) return json;
  const values = room(json.value.values.length);
  values.set(json.value.values);
  return success({ ...json.value, values });
}

/** True if that's all there is to say: it's JSON, or goes wrong only as JSON does. */
function isJson(bytes: Uint8Array, json: Read): boolean {
  if (!json.ok) return !/^(syntax|truncated)$/.test(json.problem.reason);
  // Bare numbers may be a table.
  const { shape, start } = json.value;
  return shape.length > 1 || /[[{"]/.test(String.fromCharCode(bytes[start]!));
}

/** The tensors that are printed in a text. */
export function* tensorsIn(bytes: Uint8Array): Work<readonly PrintedTensor[]> {
  const tensors = yield* findPrinted(bytes);
  const head = new TextDecoder().decode(bytes.subarray(0, 64));
  // Of JSON that has a mistake in it no part is good for the whole.
  return /^[\s[{]*"/.test(head) ? tensors.filter(({ isLiteral }) => !isLiteral) : tensors;
}

/** What is around the cursor: what was printed, then JSON, then any other list. */
function* readAroundOffset(
  bytes: Uint8Array,
  tensors: readonly PrintedTensor[],
  offset: number,
  options: TextOptions,
): Work<Read | undefined> {
  const around = tensors.filter(({ start, end }) => start <= offset && offset <= end).at(-1);
  if (around && !around.isLiteral) return yield* readPrinted(around, options);
  const json = yield* readAround(bytes, offset, options);
  if (json || !around) return json;
  return yield* readPrinted(around, options);
}

/** Logits are seldom whole numbers: those are targets, if there's anything else. */
function candidatesAmong(tensors: readonly PrintedTensor[]): readonly PrintedTensor[] {
  const fractions = tensors.filter(({ isWhole }) => !isWhole);
  return fractions.length > 0 ? fractions : tensors;
}

/** The tensor of this name, or the one that has to be meant. */
export function choose(
  tensors: readonly PrintedTensor[],
  member: string | undefined,
): Outcome<PrintedTensor, ReadProblem> {
  const candidates =
    member === undefined ? candidatesAmong(tensors) : tensors.filter(({ name }) => name === member);
  const [only] = candidates.length === 0 ? tensors : candidates;
  if (only && (candidates.length === 1 || tensors.length === 1)) return success(only);
  const members = tensors.map(({ name }) => name);
  const offset = tensors[0]!.start;
  if (member === undefined) return failure({ reason: 'several', offset, members });
  return failure({ reason: 'no-member', offset, name: member, members });
}
