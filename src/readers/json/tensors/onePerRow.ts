import type { Cursor } from '../../text/cursor.ts';
import { readNumber } from '../../text/scannedScalars.ts';

const OPEN = 0x5b;
const OPEN_TUPLE = 0x28;
const CLOSE = 0x5d;
const CLOSE_TUPLE = 0x29;
const COMMA = 0x2c;
const COLON = 0x3a;
const EQUALS = 0x3d;

/**
 * True if the list at the cursor has one number per row, as a binary model has: "[0.25, 0.5]" or "[[0.25], [0.5]]". What is left of 1
 * beside a probability needs more digits than float32 has. The cursor stays.
 */
export function isOnePerRow(cursor: Cursor): boolean {
  const { offset } = cursor;
  let depth = 0;
  for (let byte = cursor.peek(); depth < 2 && (byte === OPEN || byte === OPEN_TUPLE); byte = cursor.peek()) {
    cursor.offset++;
    depth++;
  }
  const first = readNumber(cursor);
  const isNumber = first !== undefined;
  if (isNumber && depth === 2 && cursor.peek() === COMMA) cursor.offset++;
  const after = isNumber && depth === 2 ? cursor.peek() : -1;
  cursor.offset = offset;
  if (depth === 1) return isNumber && first >= 0 && first <= 1 && isNamed(cursor);
  return isNumber && (after === CLOSE || after === CLOSE_TUPLE);
}

/** What stands in front gives it a name: a key, or a variable. A list by itself, as in lines of lists, is a row of logits. */
function isNamed({ bytes, offset }: Cursor): boolean {
  let i = offset - 1;
  while (i >= 0 && bytes[i]! <= 0x20) i--;
  return bytes[i] === COLON || bytes[i] === EQUALS;
}
