import { SLICE, type Work } from '../../../loss/work.ts';
import { nameBefore } from '../names/printedNames.ts';
import { wordText } from '../printedLines.ts';
import type { PrintedTable } from '../tables/printedTable.ts';
import { MOST_NAMED, type NamedCell, ScoresByClass } from './scoresByClass.ts';

const [LF, SPACE, PERCENT] = [0x0a, 0x20, 0x25];
const LETTER_P = 0x70;
const [OPEN_MAP, CLOSE_MAP, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const [OPEN_CALL, CLOSE_CALL] = [0x28, 0x29];
const [COMMA, EQUALS, COLON, ANGLE] = [0x2c, 0x3d, 0x3a, 0x3e];
/** Bytes of a name. */
const LONGEST_NAME = 80;
const LONGEST_VALUE = 40;

/** How a map is written: what closes it, and what its pairs are separated by. */
interface Style {
  /** Where the word before its bracket begins. */
  readonly start: number;
  readonly close: number;
  readonly sign: '=' | ':' | '->' | '=>';
  readonly separator: number;
}

/**
 * Maps of classes to scores as Java, Go, Scala, Ruby and JavaScript print them, from the bracket at `offset` on: `{ant=0.62, bee=0.28}`,
 * `map[ant:0.62 bee:0.28]`, `Map(ant -> 0.62, bee -> 0.28)`, `{"ant"=>0.62}`, `{ ant: 0.62 }`. One after the other they are rows. Undefined if it's
 * anything else, or its numbers don't sum to 1 and nothing says that they're logits.
 */
export function* readScoreMaps(
  bytes: Uint8Array,
  offset: number,
  limit: number,
): Work<PrintedTable | undefined> {
  const style = styleAt(bytes, offset, limit);
  if (!style) return undefined;
  const { start } = style;
  const word = offset - start;
  const rows = new ScoresByClass(bytes, nameBefore(bytes, start), true, () =>
    Math.max(0.01, (end - start) / (limit - start)),
  );
  let end = start;
  let nextYield = start;
  for (let at = offset; at < limit; ) {
    if (at >= nextYield) {
      yield at / limit;
      nextYield = at + SLICE;
    }
    const map = mapAt(bytes, at + 1, limit, style);
    if (!map || !rows.take({ start: at - word, end: map.end }, map.cells)) break;
    ({ end } = map);
    let next = end;
    while (next < limit && (bytes[next]! <= SPACE || bytes[next] === COMMA)) next++;
    at = next + word;
    const isNext =
      bytes[at] === bytes[offset] &&
      wordText(bytes, { start: next, end: at }) === wordText(bytes, { start, end: offset });
    if (!isNext) break;
  }
  return rows.toTable(start, end);
}

function styleAt(bytes: Uint8Array, offset: number, limit: number): Style | undefined {
  const open = bytes[offset];
  if (open === OPEN_MAP) return bracedStyle(bytes, offset, limit);
  if (bytes[offset - 1] !== LETTER_P) return undefined;
  const start = Math.max(0, offset - 3);
  const word = wordText(bytes, { start, end: offset });
  if (open === OPEN_LIST && word === 'map') return { start, close: CLOSE_LIST, sign: ':', separator: SPACE };
  if (open === OPEN_CALL && word === 'Map') return { start, close: CLOSE_CALL, sign: '->', separator: COMMA };
  return undefined;
}

function bracedStyle(bytes: Uint8Array, start: number, limit: number): Style | undefined {
  const style = { start, close: CLOSE_MAP, separator: COMMA } as const;
  const until = Math.min(limit, start + LONGEST_NAME);
  for (let i = start + 1; i < until && !endsName(bytes[i]!); i++) {
    if (bytes[i] === EQUALS) return { ...style, sign: bytes[i + 1] === ANGLE ? '=>' : '=' };
    // Names in quotes before a colon are JSON's, numbers Python's.
    if (bytes[i] === COLON) return isOfWord(bytes[i - 1]!) ? { ...style, sign: ':' } : undefined;
  }
  return undefined;
}

/** The pairs from `inside` a bracket on; undefined if there's anything else up to the one that closes it. */
function mapAt(
  bytes: Uint8Array,
  inside: number,
  limit: number,
  { close, sign, separator }: Style,
): { readonly cells: readonly NamedCell[]; readonly end: number } | undefined {
  const cells: NamedCell[] = [];
  for (let i = inside; cells.length < MOST_NAMED; ) {
    while (bytes[i] === SPACE) i++;
    const equals = indexOf(bytes, sign, i, Math.min(limit, i + LONGEST_NAME));
    if (equals === undefined) return undefined;
    const name = wordText(bytes, { start: i, end: equals }).trim().replace(/^"|"$/g, '').replace(/^:/, '');
    let from = equals + sign.length;
    while (bytes[from] === SPACE) from++;
    let to = from;
    while (to < limit && to - from < LONGEST_VALUE && isOfNumber(bytes[to]!)) to++;
    if (name === '' || to === from) return undefined;
    cells.push({ name, value: { start: from, end: to } });
    while (close === CLOSE_MAP && bytes[to] === SPACE) to++;
    if (bytes[to] === close) return { cells, end: to + 1 };
    if (bytes[to] !== separator) return undefined;
    i = to + 1;
  }
  return undefined;
}

/** Where these characters are behind a name. */
function indexOf(bytes: Uint8Array, sign: string, from: number, until: number): number | undefined {
  for (let i = from; i < until && !endsName(bytes[i]!); i++)
    if (bytes[i] === sign.charCodeAt(0) && (sign.length === 1 || bytes[i + 1] === sign.charCodeAt(1)))
      return i;
  return undefined;
}

/** What no name of a class has in it: within a map that isn't whole another one may begin. */
function endsName(byte: number): boolean {
  return byte === LF || byte === COMMA || BRACKETS.has(byte);
}

const BRACKETS: ReadonlySet<number> = new Set([
  OPEN_MAP,
  CLOSE_MAP,
  OPEN_LIST,
  CLOSE_LIST,
  OPEN_CALL,
  CLOSE_CALL,
]);

function isOfWord(byte: number): boolean {
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return isLetter || byte >= 0x80;
}

function isOfNumber(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || [0x2b, 0x2d, 0x2e, 0x45, 0x65, PERCENT].includes(byte);
}
