import type { Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { batchOfArrays } from '../roles/batchOfArrays.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import type { Wish } from '../roles/wish.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { Cursor, Unreadable } from '../text/cursor.ts';
import { type AllocateLogits, allocateOwn } from '../text/growable.ts';
import type { NumberScanner } from '../text/numberScanner.ts';
import { jsonArrays } from './jsonArrays.ts';
import { readDocument } from './jsonValues.ts';

/** How JSON is read, and what of it. */
export interface ReadOptions extends Wish {
  /** The part of the bytes to read; offsets stay those of all of them. */
  readonly start?: number;
  readonly end?: number;
  /** Reads numbers faster. What is read is the same. */
  readonly scanner?: NumberScanner;
  /** Where logits go. */
  readonly room?: AllocateLogits;
}

/** The arrays of a JSON document, and where it begins and ends. */
export interface ParsedJson {
  readonly arrays: readonly NamedArray[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the arrays of JSON in UTF-8: rows, nested lists, objects, records, JSON Lines, or a part of those as it may be selected.
 * Takes what Python writes (NaN, Infinity), comments and trailing commas.
 */
export function* parseJson(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Work<Outcome<ParsedJson, ReadProblem>> {
  const { start = 0, end = bytes.length, scanner, room = allocateOwn } = options;
  return yield* checkReadable(function* () {
    const cursor = new Cursor(bytes, start, end, { ...(scanner && { scanner }), room });
    if (cursor.peek() === -1) throw new Unreadable({ reason: 'empty', offset: start });
    const node = yield* readDocument(cursor);
    if (cursor.peek() !== -1) cursor.fail('comma');
    return { arrays: yield* jsonArrays(node, room), start: node.start, end: node.end };
  });
}

/** Reads logits, and what comes with them, from JSON: see `parseJson`. */
export function* readJson(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Work<Outcome<LogitsBatch, ReadProblem>> {
  const parsed = yield* parseJson(bytes, options);
  if (!parsed.ok) return parsed;
  const { arrays, start, end } = parsed.value;
  return yield* readArrays(arrays, options, {
    bytes,
    start,
    end,
    room: options.room ?? allocateOwn,
    isPlaced: true,
  });
}

/** The batch of a source with these arrays, or why there's none. */
export function* readArrays(
  arrays: readonly NamedArray[],
  wish: Wish,
  extent: Parameters<typeof batchOfArrays>[2],
): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* checkReadable(() => batchOfArrays(arrays, wish, extent));
}
