import { excerptOf, type ReadProblem } from '../../readProblem.ts';
import type { Cursor, Printing } from '../../text/cursor.ts';

const DOT = 0x2e;
/** A number, and what was cut from it, are shorter. */
const LONGEST_ITEM = 80;
/** , [ ] ( ) { } */
const ENDS_ITEM: ReadonlySet<number> = new Set([0x2c, 0x5b, 0x5d, 0x28, 0x29, 0x7b, 0x7d]);

/** Where the item at `offset` ends: at a space, a comma or a bracket, within so many bytes as a number may have. */
export function endOfItem({ bytes, end }: Cursor, offset: number): number {
  const limit = Math.min(end, offset + LONGEST_ITEM);
  let i = offset;
  while (i < limit && bytes[i]! > 0x20 && !ENDS_ITEM.has(bytes[i]!)) i++;
  return i;
}

/** Skips what stands for numbers that weren't printed: "...", and within a number what was cut: "2.5...49". Undefined for anything else. */
export function skipCut(cursor: Cursor, { printer }: Printing): ReadProblem | undefined {
  const { offset } = cursor;
  const end = endOfItem(cursor, offset);
  const at = dotsIn(cursor.bytes, offset, end);
  if (at === undefined) return undefined;
  cursor.offset = end;
  // In the middle of a number it was cut by whoever showed it.
  const isWhole = at === offset && end - at === 3;
  return isWhole
    ? { reason: 'summarised', offset: at, printer }
    : { reason: 'cut', offset, found: excerptOf(cursor.text(offset, end)) };
}

function dotsIn(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let i = start; i + 2 < end; i++) {
    if (bytes[i] === DOT && bytes[i + 1] === DOT && bytes[i + 2] === DOT) return i;
    // "…"
    if (bytes[i] === 0xe2 && bytes[i + 1] === 0x80 && bytes[i + 2] === 0xa6) return i;
  }
  return undefined;
}
