import { startsNumber } from '../json/scalars.ts';

export const OPEN_TUPLE = 0x28;
export const OPEN = 0x5b;
export const CLOSE_TUPLE = 0x29;
export const CLOSE = 0x5d;
const COMMA = 0x2c;
const DOT = 0x2e;
/** What a tensor looks like is judged by as many bytes. */
const LOOK_AHEAD = 256;
/** Within so many bytes a tensor that can't be read may end. */
const LONGEST_BROKEN = 1 << 14;

/** True if a list of numbers, or of lists of them, may begin here. */
export function startsTensor(bytes: Uint8Array, offset: number, end: number): boolean {
  if (!isOpening(bytes[offset])) return false;
  const first = firstItem(bytes, offset, end);
  const byte = bytes[first];
  if (byte === undefined || first >= end) return true;
  return startsNumber(byte) || byte === DOT || byte === CLOSE || isTruth(byte);
}

/** The first item is followed by a comma, brackets closed meanwhile or not. */
export function hasCommas(bytes: Uint8Array, offset: number, end: number): boolean {
  const limit = Math.min(end, offset + LOOK_AHEAD);
  let i = firstItem(bytes, offset, limit);
  while (i < limit && !isSpace(bytes[i]) && bytes[i] !== COMMA && !isClosing(bytes[i])) i++;
  while (i < limit && (isSpace(bytes[i]) || isClosing(bytes[i]))) i++;
  return i < limit && bytes[i] === COMMA;
}

/** Past the brackets that open at `offset`. */
export function firstItem(bytes: Uint8Array, offset: number, end: number): number {
  const limit = Math.min(end, offset + LOOK_AHEAD);
  let i = offset;
  while (i < limit && (isOpening(bytes[i]) || isSpace(bytes[i]))) i++;
  return i;
}

/** After the next closing parenthesis, or the bracket if one opens at `offset`; undefined if it isn't near. */
export function closingAfter(bytes: Uint8Array, end: number, offset: number): number | undefined {
  const closing = bytes[offset] === OPEN ? CLOSE : CLOSE_TUPLE;
  const near = bytes.subarray(offset, Math.min(end, offset + LONGEST_BROKEN)).indexOf(closing);
  return near === -1 ? undefined : offset + near + 1;
}

export function skipSpace(bytes: Uint8Array, offset: number, end: number): number {
  let i = offset;
  while (i < end && isSpace(bytes[i])) i++;
  return i;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isOpening(byte: number | undefined): boolean {
  return byte === OPEN || byte === OPEN_TUPLE;
}

function isClosing(byte: number | undefined): boolean {
  return byte === CLOSE || byte === CLOSE_TUPLE;
}

/** The first letter of True or False. */
function isTruth(byte: number | undefined): boolean {
  return byte === 0x54 || byte === 0x46;
}
