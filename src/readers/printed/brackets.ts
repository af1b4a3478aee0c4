import { startsNumber } from '../json/scalars.ts';

export const OPEN_TUPLE = 0x28;
export const OPEN = 0x5b;
export const CLOSE_TUPLE = 0x29;
export const CLOSE = 0x5d;
const COMMA = 0x2c;
const DOT = 0x2e;
/** What a tensor looks like is judged by as many bytes. */
const LOOK_AHEAD = 256;
/** Within so many bytes the end of what can't be read is looked for. */
const LONGEST_REST = 1 << 12;

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

/** After the brackets that close `depth` open ones, from `offset` on; `offset` itself if they aren't near. */
export function afterClosing(bytes: Uint8Array, end: number, offset: number, depth: number): number {
  const limit = Math.min(end, offset + LONGEST_REST);
  let open = depth;
  for (let i = offset; i < limit && open > 0; i++) {
    if (isOpening(bytes[i])) open++;
    else if (isClosing(bytes[i]) && --open === 0) return i + 1;
  }
  return offset;
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
