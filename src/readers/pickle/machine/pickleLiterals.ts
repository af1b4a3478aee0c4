import { OP } from './opcodes.ts';
import type { PickleCursor } from './pickleCursor.ts';
import { damaged } from './pickleFault.ts';
import { integerOf, MOST_INTEGER_BYTES, writtenFloat, writtenInteger } from './pickleNumbers.ts';
import { unescapedText } from './pickleTexts.ts';
import {
  type BytesEncoding,
  PickledBytes,
  PickledDict,
  PickledList,
  type PickleValue,
} from './pickleValues.ts';

/** Texts that are longer stay in the file. */
const SHORT_TEXT = 1 << 10;
const utf8 = new TextDecoder();

type Literal = (cursor: PickleCursor) => PickleValue;

const BY_CODE: Readonly<Record<number, Literal>> = {
  [OP.NONE]: () => null,
  [OP.NEWTRUE]: () => true,
  [OP.NEWFALSE]: () => false,
  [OP.BINFLOAT]: (cursor) => cursor.float64(),
  [OP.BININT]: (cursor) => cursor.int32(),
  [OP.BININT1]: (cursor) => cursor.uint8(),
  [OP.BININT2]: (cursor) => cursor.uint16(),
  [OP.LONG1]: (cursor) => integerOf(cursor.bytes(cursor.uint8())),
  [OP.LONG4]: longInteger,
  [OP.INT]: (cursor) => writtenInteger(...shortLine(cursor)),
  [OP.LONG]: (cursor) => writtenInteger(...shortLine(cursor)),
  [OP.FLOAT]: (cursor) => writtenFloat(...shortLine(cursor)),
  [OP.EMPTY_LIST]: () => new PickledList('list'),
  [OP.EMPTY_TUPLE]: () => new PickledList('tuple'),
  [OP.EMPTY_SET]: () => new PickledList('set'),
  [OP.EMPTY_DICT]: () => new PickledDict(),
  [OP.SHORT_BINUNICODE]: (cursor) => textAt(cursor, cursor.uint8()),
  [OP.BINUNICODE]: (cursor) => textAt(cursor, cursor.uint32()),
  [OP.BINUNICODE8]: (cursor) => textAt(cursor, cursor.uint64()),
  [OP.SHORT_BINBYTES]: (cursor) => bytesAt(cursor, cursor.uint8()),
  [OP.SHORT_BINSTRING]: (cursor) => bytesAt(cursor, cursor.uint8()),
  [OP.BINBYTES]: (cursor) => bytesAt(cursor, cursor.uint32()),
  [OP.BINSTRING]: (cursor) => bytesAt(cursor, cursor.uint32()),
  [OP.BINBYTES8]: (cursor) => bytesAt(cursor, cursor.uint64()),
  [OP.BYTEARRAY8]: (cursor) => bytesAt(cursor, cursor.uint64()),
  [OP.STRING]: quotedString,
  [OP.UNICODE]: escapedLine,
};
/** The same by number: a pickle may have millions of instructions. */
const LITERALS = Array.from({ length: 256 }, (_, op) => BY_CODE[op]);

/** The value that an instruction writes down as such; undefined if it's another kind of instruction. */
export function literalOf(op: number, cursor: PickleCursor): PickleValue | undefined {
  return LITERALS[op]?.(cursor);
}

/** A line of a few characters, as names and numbers have, and where it begins. */
export function shortLine(cursor: PickleCursor): [text: string, offset: number] {
  const { offset, length } = cursor.line();
  if (length > SHORT_TEXT) throw damaged('text', offset);
  return [utf8.decode(cursor.source.read(offset, length)), offset];
}

function longInteger(cursor: PickleCursor): PickleValue {
  const { position } = cursor;
  const length = cursor.int32();
  if (length < 0 || length > MOST_INTEGER_BYTES) throw damaged('number', position);
  return integerOf(cursor.bytes(length));
}

function bytesAt(cursor: PickleCursor, length: number): PickledBytes {
  return new PickledBytes(cursor.source, cursor.skip(length), length);
}

function textAt(cursor: PickleCursor, length: number): PickleValue {
  if (length <= SHORT_TEXT) return utf8.decode(cursor.bytes(length));
  return new PickledBytes(cursor.source, cursor.skip(length), length, 'utf-8');
}

/** A string of Python 2, between quotes of either kind. */
function quotedString(cursor: PickleCursor): PickledBytes {
  const { offset, length } = cursor.line();
  const [first, last] = [cursor.source.read(offset, 1)[0], cursor.source.read(offset + length - 1, 1)[0]];
  const isQuoted = length >= 2 && first === last && (first === 0x22 || first === 0x27);
  if (!isQuoted) throw damaged('text', offset);
  return new PickledBytes(cursor.source, offset + 1, length - 2, 'python-string');
}

function escapedLine(cursor: PickleCursor): PickleValue {
  const { offset, length } = cursor.line();
  const encoding: BytesEncoding = 'raw-unicode-escape';
  if (length > SHORT_TEXT) return new PickledBytes(cursor.source, offset, length, encoding);
  return unescapedText(cursor.source.read(offset, length), offset);
}
