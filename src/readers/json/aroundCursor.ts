import { SLICE, type Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { failure, type Outcome } from '../outcome.ts';
import { textBefore } from '../printed/bracketed/tensorHeads.ts';
import { nameBefore } from '../printed/names/printedNames.ts';
import type { ReadProblem } from '../readProblem.ts';
import { meaningOf } from '../roles/arrayNames.ts';
import { type ReadOptions, readJson } from './readJson.ts';

/** How far to go inwards from the whole document. */
const MOST_TRIES = 16;

/** These say only that the text isn't what we're after; a problem with logits themselves says more. */
export const TELLS_NOTHING: ReadonlySet<ReadProblem['reason']> = new Set([
  'empty',
  'syntax',
  'truncated',
  'no-logits',
  'losses',
]);

/** Reads the outermost value around `offset` that is logits; else says what is wrong with one that nearly is, if there is any. */
export function* readAround(
  bytes: Uint8Array,
  offset: number,
  options: Pick<ReadOptions, 'classAxis' | 'scanner' | 'room'>,
): Work<Outcome<LogitsBatch, ReadProblem> | undefined> {
  let telling: Outcome<LogitsBatch, ReadProblem> | undefined;
  const around = yield* bracketsAround(bytes, offset);
  for (const [start, end] of around.slice(0, MOST_TRIES)) {
    if (SIZE.test(textBefore(bytes, start, LONGEST_SIZE))) return telling;
    const part = yield* readJson(bytes, { ...options, start, end });
    if (part.ok) {
      const name = nameBefore(bytes, start);
      const isSaid = name === undefined || part.value.keys.logits !== null || saysSo(name);
      return isSaid ? part : failure(asked(name, part.value));
    }
    const { reason } = part.problem;
    // What is further in may be one of several.
    if (!TELLS_NOTHING.has(reason) && reason !== 'several') telling ??= part;
  }
  return telling;
}

function saysSo(name: string): boolean {
  const { scores, target, setting } = meaningOf(name);
  return setting === null && (scores > 0 || target > 0);
}

/** A value whose name doesn't say that it's scores may be something else: anchors, betas, embeddings. */
function asked(name: string, { start, shape }: LogitsBatch): ReadProblem {
  return { reason: 'several', offset: start, candidates: [{ name, shape, role: 'logits' }] };
}

/** What a shape has before it: "torch.Size([32, 10])". */
const SIZE = /\bSize\($/;
const LONGEST_SIZE = 8;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const CLOSING = new Map([
  [0x5d, 0x5b],
  [0x7d, 0x7b],
]);

/** [start, end) of the bracketed parts around `offset`, outermost first, in JSON or any text. Brackets in strings of one line don't count. */
function* bracketsAround(bytes: Uint8Array, offset: number): Work<ReadonlyArray<readonly [number, number]>> {
  const open: number[] = [];
  const around: (readonly [number, number])[] = [];
  let nextYield = 0;
  /** Up to here no string is closed. */
  let unclosed = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (i >= nextYield) {
      yield i / bytes.length;
      nextYield = i + SLICE;
    }
    const byte = bytes[i]!;
    if (byte === QUOTE && i >= unclosed) {
      const end = endOfString(bytes, i);
      if (bytes[end] === QUOTE) i = end;
      // All quotes there are escaped ones, so none of them begins a string that is closed.
      else unclosed = end;
    } else if (byte === 0x5b || byte === 0x7b) open.push(i);
    const opening = CLOSING.get(byte);
    if (opening === undefined || bytes[open.at(-1) ?? -1] !== opening) continue;
    const start = open.pop()!;
    if (start <= offset && offset <= i + 1) around.push([start, i + 1]);
    if (open.length === 0 && start > offset) break;
  }
  return around.reverse();
}

/** The closing quote; or, if nothing closes it on its line, the end of that. */
function endOfString(bytes: Uint8Array, start: number): number {
  let i = start + 1;
  for (; i < bytes.length && bytes[i] !== NEWLINE && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
  return i;
}
