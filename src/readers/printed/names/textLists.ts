import { SLICE, type Work } from '../../../loss/work.ts';
import { meaningOf } from '../../roles/arrayNames.ts';
import { type NamedArray, usualFacts } from '../../roles/namedArray.ts';
import { growableDoubles } from '../../text/growable.ts';
import { nameBefore } from './printedNames.ts';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
/** No text has more lists of names that anyone asks for. */
const MOST_LISTS = 64;
/** The names of classes are shorter. */
const LONGEST_TEXT = 256;
const CLASS_NAMES = /class|label|target/i;

/**
 * Lists of texts in quotes, with commas or as NumPy prints them without: `['cat' 'dog']`. Those that are called targets, predictions or
 * class names; others may be anything.
 */
export function* textLists(bytes: Uint8Array): Work<readonly NamedArray[]> {
  const lists = new Map<string, NamedArray>();
  let nextYield = 0;
  for (let i = bytes.indexOf(OPEN); i !== -1 && lists.size < MOST_LISTS; i = bytes.indexOf(OPEN, i + 1)) {
    if (i >= nextYield) {
      yield i / bytes.length;
      nextYield = i + SLICE / 8;
    }
    if (!isQuote(bytes[skipSpace(bytes, i + 1)])) continue;
    const list = yield* textsAt(bytes, i);
    if (list.texts && list.texts.length > 1) {
      const name = nameBefore(bytes, beforeCall(bytes, i));
      if (name !== undefined && isMeant(name) && !lists.has(name))
        lists.set(name, arrayOf(name, list.texts, list.spans, i, list.end));
    }
    i = list.end - 1;
  }
  return [...lists.values()];
}

function isMeant(name: string): boolean {
  const { target, prediction, setting } = meaningOf(name);
  return target > 0 || prediction || (setting === 'class-names' && CLASS_NAMES.test(name));
}

interface Texts {
  /** Undefined if something else is in the list. */
  readonly texts: readonly string[] | undefined;
  readonly spans: Float64Array;
  /** After what was looked at. */
  readonly end: number;
}

/** The texts of the list that opens at `start`. */
function* textsAt(bytes: Uint8Array, start: number): Work<Texts> {
  const texts: string[] = [];
  const spans = growableDoubles(() => 1);
  const decoder = new TextDecoder();
  let i = skipSpace(bytes, start + 1);
  while (isQuote(bytes[i])) {
    const close = closingQuote(bytes, i);
    if (close === undefined) return { texts: undefined, spans: spans.toArray(), end: i + 1 };
    texts.push(decoder.decode(bytes.subarray(i + 1, close)));
    spans.push(i);
    spans.push(close + 1);
    if (texts.length % 512 === 0) yield i / bytes.length;
    i = skipSpace(bytes, close + 1);
    if (bytes[i] === COMMA) i = skipSpace(bytes, i + 1);
  }
  const isClosed = bytes[i] === CLOSE;
  return { texts: isClosed ? texts : undefined, spans: spans.toArray(), end: Math.max(i, start + 1) };
}

/** Undefined if the line ends before, or it's no plain name. */
function closingQuote(bytes: Uint8Array, open: number): number | undefined {
  for (let i = open + 1; i < bytes.length && i - open <= LONGEST_TEXT; i++) {
    const byte = bytes[i]!;
    if (byte === bytes[open]) return i;
    if (byte === NEWLINE || byte === BACKSLASH) return undefined;
  }
  return undefined;
}

/** Before `array(`, `np.array(`: a name is what that is assigned to. */
function beforeCall(bytes: Uint8Array, start: number): number {
  const before = new TextDecoder('latin1').decode(bytes.subarray(Math.max(0, start - 24), start));
  const call = /(?:\b\w{1,6}\.)?\b(?:array|asarray|Index|list|tuple)\(\s*$/.exec(before)?.[0] ?? '';
  return start - call.length;
}

function arrayOf(
  name: string,
  values: readonly string[],
  spans: Float64Array,
  start: number,
  end: number,
): NamedArray {
  const content = { kind: 'texts', values } as const;
  const shape = [values.length];
  // What was printed may be of something else: that it doesn't fit is no mistake.
  return {
    ...usualFacts(),
    name,
    isNamed: true,
    path: [],
    shape,
    type: 'text',
    content,
    start,
    end,
    spans,
    isLiteral: false,
  };
}

function isQuote(byte: number | undefined): boolean {
  return byte === 0x27 || byte === 0x22;
}

function skipSpace(bytes: Uint8Array, offset: number): number {
  let i = offset;
  while (i < bytes.length && bytes[i]! <= 0x20) i++;
  return i;
}
