import { SLICE, type Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { type ReadOptions, readJsonWork } from './readJson.ts';

/** How far to go inwards from the whole document. */
const MOST_TRIES = 16;

/** These say only that the text isn't what we're after; a problem with logits themselves says more. */
export const TELLS_NOTHING: ReadonlySet<ReadProblem['reason']> = new Set([
  'empty',
  'syntax',
  'truncated',
  'no-logits',
]);

/** Reads the outermost value around `offset` that is logits; else says what is wrong with one that nearly is, if there is any. */
export function* readAroundWork(
  bytes: Uint8Array,
  offset: number,
  options: Pick<ReadOptions, 'classAxis' | 'scanner' | 'room'>,
): Work<Outcome<LogitsBatch, ReadProblem> | undefined> {
  let telling: Outcome<LogitsBatch, ReadProblem> | undefined;
  const around = yield* bracketsAroundWork(bytes, offset);
  for (const [start, end] of around.slice(0, MOST_TRIES)) {
    const part = yield* readJsonWork(bytes, { ...options, start, end });
    if (part.ok) return part;
    if (!TELLS_NOTHING.has(part.problem.reason)) telling ??= part;
  }
  return telling;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const CLOSING = new Map([
  [0x5d, 0x5b],
  [0x7d, 0x7b],
]);

/** [start, end) of the bracketed parts around `offset`, outermost first, in JSON or any text. Brackets in strings of one line don't count. */
export function* bracketsAroundWork(
  bytes: Uint8Array,
  offset: number,
): Work<ReadonlyArray<readonly [number, number]>> {
  const open: number[] = [];
  const around: (readonly [number, number])[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (i % SLICE === 0) yield i / bytes.length;
    const byte = bytes[i]!;
    if (byte === QUOTE) i = endOfString(bytes, i);
    else if (byte === 0x5b || byte === 0x7b) open.push(i);
    const opening = CLOSING.get(byte);
    if (opening === undefined || bytes[open.at(-1) ?? -1] !== opening) continue;
    const start = open.pop()!;
    if (start <= offset && offset <= i + 1) around.push([start, i + 1]);
    if (open.length === 0 && start > offset) break;
  }
  return around.reverse();
}

/** The closing quote, or the quote itself if nothing closes it on its line. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let i = start + 1; i < bytes.length && bytes[i] !== NEWLINE; i++) {
    if (bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === QUOTE) return i;
  }
  return start;
}
