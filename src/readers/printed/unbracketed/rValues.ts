import { SLICE, type Work } from '../../../loss/work.ts';
import { wordText } from '../printedLines.ts';
import type { CellSpan } from '../tables/tableLines.ts';

/** A number, a text without its quotes, or a word, as R's code has it. */
export interface RAtom extends CellSpan {
  readonly kind: 'atom';
}

/** `c(1, 2)`, `list(a = 1)`: what is called, and its arguments, of which some have names. */
export interface RCall extends CellSpan {
  readonly kind: 'call';
  readonly name: string;
  /** (arguments) "" without a name. */
  readonly names: readonly string[];
  readonly values: readonly RValue[];
}

export type RValue = RAtom | RCall;

/** A table has fewer calls within calls than this. */
const MOST_DEPTH = 5;
/** Nobody pastes a table with more values. */
const MOST_VALUES = 1 << 20;
/** The most characters that a line of such code has, and a name. */
const LONGEST_WORD = 200;
const [OPEN, CLOSE, COMMA, EQUALS] = [0x28, 0x29, 0x2c, 0x3d];
const [QUOTE, APOSTROPHE, BACKTICK, BACKSLASH] = [0x22, 0x27, 0x60, 0x5c];
const UPPER_L = 0x4c;

/** The call at `start`, in which there's nothing but calls, numbers, texts and words; undefined if there is, or it doesn't end. */
export function* readRCall(bytes: Uint8Array, start: number, limit: number): Work<RCall | undefined> {
  const open: { name: string; start: number; names: string[]; values: RValue[] }[] = [];
  let name = '';
  let count = 0;
  let nextYield = start;
  let i = start;
  while (i < limit && count < MOST_VALUES) {
    if (i >= nextYield) {
      yield i / limit;
      nextYield = i + SLICE;
    }
    i = skipSpace(bytes, i, limit);
    const call = open.at(-1);
    if (call && bytes[i] === CLOSE && name === '') {
      open.pop();
      const { start: from, ...rest } = call;
      const done = { kind: 'call', ...rest, start: from, end: i + 1 } as const;
      const outer = open.at(-1);
      if (!outer) return done;
      outer.values.push(done);
      i = skipSpace(bytes, i + 1, limit);
      if (bytes[i] === COMMA) i++;
      else if (bytes[i] !== CLOSE) return undefined;
      continue;
    }
    const word = wordAt(bytes, i, limit);
    if (!word) return undefined;
    i = skipSpace(bytes, word.next, limit);
    const byte = bytes[i];
    if (byte === EQUALS && call && name === '') {
      name = wordText(bytes, word);
      i++;
    } else if (byte === OPEN && open.length < MOST_DEPTH) {
      call?.names.push(name);
      open.push({ name: wordText(bytes, word), start: word.start, names: [], values: [] });
      name = '';
      i++;
    } else if (call && (byte === COMMA || byte === CLOSE)) {
      call.names.push(name);
      call.values.push({ kind: 'atom', start: word.start, end: word.end });
      name = '';
      count++;
      if (byte === COMMA) i++;
    } else return undefined;
  }
  return undefined;
}

function skipSpace(bytes: Uint8Array, offset: number, limit: number): number {
  let i = offset;
  while (i < limit && bytes[i]! <= 0x20) i++;
  return i;
}

interface Word extends CellSpan {
  readonly next: number;
}

/** A word, a number without the L of whole ones, or a text without its quotes. */
function wordAt(bytes: Uint8Array, start: number, limit: number): Word | undefined {
  const quote = bytes[start]!;
  const until = Math.min(limit, start + LONGEST_WORD);
  let i = start;
  if (quote === QUOTE || quote === APOSTROPHE || quote === BACKTICK) {
    for (i++; i < until && bytes[i] !== quote; i++) if (bytes[i] === BACKSLASH) return undefined;
    return i < until ? { start: start + 1, end: i, next: i + 1 } : undefined;
  }
  while (i < until && isOfWord(bytes[i]!)) i++;
  if (i === start) return undefined;
  const isWhole = bytes[i - 1] === UPPER_L && i - start > 1 && isDigit(bytes[i - 2]!);
  return { start, end: isWhole ? i - 1 : i, next: i };
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Letters, digits, and the signs of numbers, names and ranges. */
function isOfWord(byte: number): boolean {
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return isLetter || isDigit(byte) || byte >= 0x80 || SIGNS.has(byte);
}

const SIGNS: ReadonlySet<number> = new Set(Array.from('+-._:', (character) => character.charCodeAt(0)));
