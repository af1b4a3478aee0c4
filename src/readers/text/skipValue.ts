import { SLICE, type Work } from '../../loss/work.ts';
import type { Cursor } from './cursor.ts';
import { readWord, skipNumber, skipString, startsNumber, startsString } from './scannedScalars.ts';

const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Goes past one value of any kind, and fails where reading it would: nothing of it is kept. */
export function* skipValue(cursor: Cursor): Work<void> {
  /** What closes each bracket that is open now. */
  const closings: number[] = [];
  let nextYield = cursor.offset + SLICE;
  do {
    const closing = closings.at(-1);
    let byte = cursor.peek();
    if (byte === closing) {
      cursor.leave();
      closings.pop();
    } else {
      if (closing === CLOSE_OBJECT) byte = skipKey(cursor, byte);
      if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        cursor.enter();
        closings.push(byte === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT);
        continue;
      }
      skipScalar(cursor, byte);
    }
    if (closings.length > 0) separator(cursor, closings.at(-1)!);
    if (cursor.offset >= nextYield) {
      yield cursor.offset / cursor.end;
      nextYield = cursor.offset + SLICE;
    }
  } while (closings.length > 0);
}

/** Goes past a key and its colon; returns what its value begins with. */
function skipKey(cursor: Cursor, byte: number): number {
  if (!startsString(byte)) cursor.fail('key');
  skipString(cursor);
  if (cursor.peek() !== COLON) cursor.fail('colon');
  cursor.offset++;
  return cursor.peek();
}

function skipScalar(cursor: Cursor, byte: number): void {
  if (startsString(byte)) skipString(cursor);
  else if (!(startsNumber(byte) && skipNumber(cursor)) && readWord(cursor) === undefined)
    cursor.fail('value');
}

/** A comma, or the end; a comma before the end is fine, too. */
export function separator(cursor: Cursor, close: number): void {
  const byte = cursor.peek();
  if (byte === COMMA) cursor.offset++;
  else if (byte !== close) cursor.fail('comma');
}
