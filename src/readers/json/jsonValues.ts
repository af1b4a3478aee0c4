import { SLICE, type Work } from '../../loss/work.ts';
import { isSaid, meaningOf } from '../roles/arrayNames.ts';
import type { Cursor } from '../text/cursor.ts';
import { growableDoubles } from '../text/growable.ts';
import { readNumber, readString, readWord, startsNumber, startsString } from '../text/scannedScalars.ts';
import { separator, skipValue } from '../text/skipValue.ts';
import type { ListNode, Node, ObjectNode } from './jsonNodes.ts';

import { TensorReader } from './tensors/tensorReader.ts';

const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
/** Lists within lists that are looked into for objects. */
const MOST_LISTS = 4;
/** An object with more members than this is no settings: of those beyond, what nobody looks for isn't kept. */
const MOST_SCALARS = 1 << 10;

/** One value of any kind. `precise` keeps the numbers of lists in float64. */
export function* readValue(cursor: Cursor, precise: boolean): Work<Node> {
  const byte = cursor.peek();
  const start = cursor.offset;
  if (byte === OPEN_OBJECT) return yield* readObject(cursor);
  if (byte === OPEN_LIST) {
    if (startsTensor(cursor)) return yield* new TensorReader(cursor, precise).readList();
    return yield* readList(cursor, precise);
  }
  if (startsString(byte)) {
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
export function* readDocument(cursor: Cursor, precise = false): Work<Node> {
  const byte = cursor.peek();
  const start = cursor.offset;
  if (startsString(byte)) {
    const { members, end } = yield* readMembers(cursor, -1);
    return { type: 'object', members, start, end };
  }
  if (byte === OPEN_OBJECT || (byte === OPEN_LIST && !startsTensor(cursor))) {
    const { starts, first, end } = yield* readItems(cursor, precise, -1);
    return starts.length === 1 ? first! : listOf(cursor.again(), starts, precise, { first, start, end });
  }
  if (byte !== OPEN_LIST && !startsNumber(byte)) return cursor.fail('value');
  return yield* new TensorReader(cursor, precise).readSequence();
}

/** A list, and where its items begin. */
function* readList(cursor: Cursor, precise: boolean): Work<ListNode & { readonly starts: Float64Array }> {
  const start = cursor.offset;
  cursor.enter();
  const { starts, first } = yield* readItems(cursor, precise, CLOSE_LIST);
  cursor.leave();
  return { ...listOf(cursor.again(), starts, precise, { first, start, end: cursor.offset }), starts };
}

/** The rows of a table, of which some cells aren't numbers: each a list of any values. */
function* readRows(cursor: Cursor, { start, end }: Pick<Node, 'start' | 'end'>): Work<ListNode> {
  cursor.offset = start;
  const { starts } = yield* readList(cursor, true);
  const readItem = function* (index: number): Work<Node> {
    cursor.offset = starts[index]!;
    return cursor.peek() === OPEN_LIST ? yield* readList(cursor, true) : yield* readValue(cursor, true);
  };
  const first = starts.length > 0 ? yield* readItem(0) : undefined;
  return { ...listOf(cursor, starts, true, { first, start, end }), readItem };
}

interface Items {
  readonly starts: Float64Array;
  readonly first: Node | undefined;
  readonly end: number;
}

/**
 * The items up to `close`; without a bracket around them (−1: to the end of the text) there need be no commas. All but the first
 * are only checked now, and read when they are asked for.
 */
function* readItems(cursor: Cursor, precise: boolean, close: number): Work<Items> {
  const from = cursor.offset;
  const starts = growableDoubles(() => (cursor.offset - from) / (cursor.end - from));
  let first: Node | undefined;
  let end = from;
  let nextYield = from;
  for (let byte = cursor.peek(); byte !== close; byte = cursor.peek()) {
    starts.push(cursor.offset);
    if (first) yield* skipValue(cursor);
    else first = yield* readValue(cursor, precise);
    end = cursor.offset;
    if (end >= nextYield) {
      yield end / cursor.end;
      nextYield = end + SLICE;
    }
    if (close !== -1) separator(cursor, close);
    else if (cursor.peek() === COMMA) cursor.offset++;
  }
  return { starts: starts.toArray(), first, end };
}

function listOf(
  cursor: Cursor,
  starts: Float64Array,
  precise: boolean,
  { first, start, end }: Pick<ListNode, 'first' | 'start' | 'end'>,
): ListNode {
  return {
    type: 'list',
    length: starts.length,
    first,
    start,
    end,
    *readItem(index) {
      cursor.offset = starts[index]!;
      return yield* readValue(cursor, precise);
    },
    listAt: (others, firstOther) => listOf(cursor, others, true, { first: firstOther, start, end }),
  };
}

/** True if the list at the cursor is of numbers or of lists of them, not of objects or strings, or lists of objects. */
function startsTensor(cursor: Cursor): boolean {
  const start = cursor.offset++;
  let byte = cursor.peek();
  const isList = byte === OPEN_LIST;
  for (let depth = 0; byte === OPEN_LIST && depth < MOST_LISTS; depth++) {
    cursor.offset++;
    byte = cursor.peek();
  }
  cursor.offset = start;
  return byte !== OPEN_OBJECT && (isList || !startsString(byte));
}

function* readObject(cursor: Cursor): Work<ObjectNode> {
  const start = cursor.offset;
  cursor.enter();
  const { members } = yield* readMembers(cursor, CLOSE_OBJECT);
  cursor.leave();
  return { type: 'object', members, start, end: cursor.offset };
}

/** `"key": value` pairs up to `close` (−1: the end of the text). Of equal keys the last counts, as in JSON.parse. */
function* readMembers(
  cursor: Cursor,
  close: number,
): Work<{ readonly members: ReadonlyMap<string, Node>; readonly end: number }> {
  const members = new Map<string, Node>();
  let end = cursor.offset;
  let nextYield = end + SLICE;
  for (let byte = cursor.peek(); byte !== close; byte = cursor.peek()) {
    if (!startsString(byte)) cursor.fail('key');
    const key = readString(cursor);
    if (cursor.peek() !== COLON) cursor.fail('colon');
    cursor.offset++;
    const value = yield* readValue(cursor, meaningOf(key).scores < 2);
    const isTable = key === 'data' && value.type === 'tensor' && value.flaw && members.has('columns');
    const node = isTable ? yield* readRows(cursor.again(), value) : value;
    if (members.size < MOST_SCALARS || members.has(key) || !isScalar(node) || isSaid(key))
      members.set(key, node);
    end = cursor.offset;
    if (end >= nextYield) {
      yield end / cursor.end;
      nextYield = end + SLICE;
    }
    separator(cursor, close);
  }
  return { members, end };
}

function isScalar({ type }: Node): boolean {
  return type === 'number' || type === 'string' || type === 'word';
}
