import { SLICE, type Work } from '../../../loss/work.ts';
import { nameBefore } from '../names/printedNames.ts';
import { wordText } from '../printedLines.ts';
import type { PrintedTable } from '../tables/printedTable.ts';
import { MOST_NAMED, type NamedCell, ScoresByClass } from './scoresByClass.ts';

const [OPEN_LIST, CLOSE_LIST, OPEN_PAIR, CLOSE_PAIR, COMMA] = [0x5b, 0x5d, 0x28, 0x29, 0x2c];
const [SPACE, QUOTE, APOSTROPHE] = [0x20, 0x22, 0x27];
/** Bytes of a name. */
const LONGEST_NAME = 80;
const LONGEST_VALUE = 40;

/**
 * Pairs of a class and its score as Python and Haskell show them, from the bracket at `offset` on: `[('ant', 0.62), ('bee', 0.38)]`. One list
 * after the other they are rows. Undefined if it's anything else, or its numbers don't sum to 1 and nothing says that they're logits.
 */
export function* readScorePairs(
  bytes: Uint8Array,
  offset: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if (bytes[offset] !== OPEN_LIST || bytes[offset + 1] !== OPEN_PAIR) return undefined;
  const rows = new ScoresByClass(bytes, nameBefore(bytes, offset), true, () =>
    Math.max(0.01, (end - offset) / (limit - offset)),
  );
  let end = offset;
  let nextYield = offset;
  for (let at = offset; at < limit && bytes[at] === OPEN_LIST; ) {
    if (at >= nextYield) {
      yield at / limit;
      nextYield = at + SLICE;
    }
    const list = pairsAt(bytes, at + 1, limit);
    if (!list || !rows.take({ start: at, end: list.end }, list.cells)) break;
    ({ end } = list);
    at = end;
    while (at < limit && (bytes[at]! <= SPACE || bytes[at] === COMMA)) at++;
  }
  return rows.toTable(offset, end);
}

/** The pairs from `inside` a bracket on; undefined if there's anything else up to the one that closes it. */
function pairsAt(
  bytes: Uint8Array,
  inside: number,
  limit: number,
): { readonly cells: readonly NamedCell[]; readonly end: number } | undefined {
  const cells: NamedCell[] = [];
  for (let i = inside; cells.length < MOST_NAMED; ) {
    i = skipSpace(bytes, i, limit);
    if (bytes[i] !== OPEN_PAIR) return undefined;
    const open = skipSpace(bytes, i + 1, limit);
    const quote = bytes[open];
    if (quote !== QUOTE && quote !== APOSTROPHE) return undefined;
    const close = bytes.subarray(0, Math.min(limit, open + LONGEST_NAME)).indexOf(quote, open + 1);
    if (close <= open + 1) return undefined;
    const comma = skipSpace(bytes, close + 1, limit);
    if (bytes[comma] !== COMMA) return undefined;
    const from = skipSpace(bytes, comma + 1, limit);
    let to = from;
    while (to < limit && to - from < LONGEST_VALUE && isOfNumber(bytes[to]!)) to++;
    const closed = skipSpace(bytes, to, limit);
    if (to === from || bytes[closed] !== CLOSE_PAIR) return undefined;
    cells.push({ name: wordText(bytes, { start: open + 1, end: close }), value: { start: from, end: to } });
    i = skipSpace(bytes, closed + 1, limit);
    if (bytes[i] === CLOSE_LIST) return { cells, end: i + 1 };
    if (bytes[i] !== COMMA) return undefined;
    i++;
  }
  return undefined;
}

/** Pairs are on a few lines at most. */
const MOST_SPACE = 64;

function skipSpace(bytes: Uint8Array, offset: number, limit: number): number {
  let i = offset;
  while (i < limit && i - offset < MOST_SPACE && bytes[i]! <= SPACE) i++;
  return i;
}

function isOfNumber(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].includes(byte);
}
