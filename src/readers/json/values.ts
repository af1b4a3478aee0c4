import type { Work } from '../../loss/work.ts';
import type { Cursor } from './cursor.ts';
import { holdsLogits } from './keys.ts';
import type { Node, ObjectNode } from './node.ts';
import { readNumber, readString, readWord, startsNumber } from './scalars.ts';
import { TensorReader } from './tensor.ts';

const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;

/** One value of any kind. `precise` keeps the numbers of lists in float64. */
export function* valueWork(cursor: Cursor, precise: boolean): Work<Node> {
  const byte = cursor.peek();
  const start = cursor.offset;
  if (byte === OPEN_OBJECT) return yield* objectWork(cursor);
  if (byte === OPEN_LIST) return yield* listWork(cursor, precise);
  if (byte === QUOTE) {
    const value = readString(cursor);
    return { type: 'string', value, start, end: cursor.offset };
  }
  const number = startsNumber(byte) ? readNumber(cursor) : undefined;
  if (number !== undefined) return { type: 'number', value: number, start, end: cursor.offset };
  const word = readWord(cursor);
  if (word === undefined) return cursor.fail('value');
  return { type: 'word', value: word, start, end: cursor.offset };
}

/** Everything in the text: one value; rows or objects one after the other (JSON Lines); or members without their braces. */
export function* documentWork(cursor: Cursor, precise = false): Work<Node> {
  const byte = cursor.peek();
  const start = cursor.offset;
  if (byte === QUOTE) {
    const members = yield* membersWork(cursor, -1);
    const end = [...members.values()].at(-1)?.end ?? cursor.offset;
    return { type: 'object', members, start, end };
  }
  if (byte === OPEN_OBJECT || (byte === OPEN_LIST && !startsTensor(cursor))) {
    const items: Node[] = [];
    while (cursor.peek() !== -1) {
      items.push(yield* valueWork(cursor, precise));
      yield cursor.offset / cursor.end;
      if (cursor.peek() === COMMA) cursor.offset++;
    }
    return items.length === 1 ? items[0]! : { type: 'list', items, start, end: items.at(-1)!.end };
  }
  if (byte !== OPEN_LIST && !startsNumber(byte)) return cursor.fail('value');
  return yield* new TensorReader(cursor, precise).sequenceWork();
}

function* listWork(cursor: Cursor, precise: boolean): Work<Node> {
  if (startsTensor(cursor)) return yield* new TensorReader(cursor, precise).listWork();
  const start = cursor.offset;
  const items: Node[] = [];
  cursor.enter();
  for (let byte = cursor.peek(); byte !== CLOSE_LIST; byte = cursor.peek()) {
    items.push(yield* valueWork(cursor, precise));
    yield cursor.offset / cursor.end;
    separator(cursor, CLOSE_LIST);
  }
  cursor.leave();
  return { type: 'list', items, start, end: cursor.offset };
}

/** True if the list at the cursor is of numbers or of lists, not of objects or strings. */
function startsTensor(cursor: Cursor): boolean {
  const start = cursor.offset++;
  const byte = cursor.peek();
  cursor.offset = start;
  return byte !== OPEN_OBJECT && byte !== QUOTE;
}

function* objectWork(cursor: Cursor): Work<ObjectNode> {
  const start = cursor.offset;
  cursor.enter();
  const members = yield* membersWork(cursor, CLOSE_OBJECT);
  cursor.leave();
  return { type: 'object', members, start, end: cursor.offset };
}

/** `"key": value` pairs up to `close` (−1: the end of the text). Of equal keys the last counts, as in JSON.parse. */
function* membersWork(cursor: Cursor, close: number): Work<Map<string, Node>> {
  const members = new Map<string, Node>();
  for (let byte = cursor.peek(); byte !== close; byte = cursor.peek()) {
    if (byte !== QUOTE) cursor.fail('key');
    const key = readString(cursor);
    if (cursor.peek() !== COLON) cursor.fail('colon');
    cursor.offset++;
    members.set(key, yield* valueWork(cursor, !holdsLogits(key)));
    separator(cursor, close);
  }
  return members;
}

/** A comma, or the end; a comma before the end is fine, too. */
function separator(cursor: Cursor, close: number): void {
  const byte = cursor.peek();
  if (byte === COMMA) cursor.offset++;
  else if (byte !== close) cursor.fail('comma');
}

/** Goes past a value that isn't a number. */
export function skipValue(cursor: Cursor): void {
  const work = valueWork(cursor, true);
  while (!work.next().done);
}
