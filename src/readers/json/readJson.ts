import type { Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Cursor, Unreadable } from '../text/cursor.ts';
import { type AllocateLogits, allocateOwn } from '../text/growable.ts';
import type { NumberScanner } from '../text/numberScanner.ts';
import { batchOfDocument } from './jsonBatch.ts';
import { readDocument } from './jsonValues.ts';

/** How JSON is read, and what of it. */
export interface ReadOptions {
  /** The part of the bytes to read; offsets stay those of all of them. */
  readonly start?: number;
  readonly end?: number;
  /** The axis of the classes, if the user has chosen one. */
  readonly classAxis?: number;
  /** Reads numbers faster. What is read is the same. */
  readonly scanner?: NumberScanner;
  /** Where logits go. */
  readonly room?: AllocateLogits;
}

/**
 * Reads logits, and what comes with them, from JSON in UTF-8: rows, nested lists, an object, records, JSON Lines, or a
 * part of those as it may be selected. Takes what Python writes (NaN, Infinity), comments and trailing commas.
 */
export function* readJson(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Work<Outcome<LogitsBatch, ReadProblem>> {
  const { start = 0, end = bytes.length, classAxis, scanner, room = allocateOwn } = options;
  const cursor = new Cursor(bytes, start, end, { ...(scanner && { scanner }), room });
  try {
    if (cursor.peek() === -1) return failure({ reason: 'empty', offset: start });
    const node = yield* readDocument(cursor);
    if (cursor.peek() !== -1) cursor.fail('comma');
    return success(yield* batchOfDocument(node, classAxis, room));
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}
