import type { LineAndCharacter } from './problem.ts';

const LF = 0x0a;
const CR = 0x0d;

/** How many UTF-16 code units a UTF-8 byte stands for: 1 for the first of a character, 2 if that is outside the BMP, 0 for the rest. */
function unitsOf(byte: number): number {
  if (byte >= 0xf0) return 2;
  return byte >= 0x80 && byte < 0xc0 ? 0 : 1;
}

/** True if a line ends with byte `i`: \n, \r\n (at its \n) or a \r alone, as VS Code counts. */
function endsLine(bytes: Uint8Array, i: number): boolean {
  return bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF);
}

/** The line and character (from 0, UTF-16) of a byte offset in UTF-8 text. Linear in the offset: for a few places, not for every number. */
export function placeAt(bytes: Uint8Array, offset: number): LineAndCharacter {
  let line = 0;
  let lineStart = hasBom(bytes) ? 3 : 0;
  for (let i = lineStart; i < offset; i++) {
    if (!endsLine(bytes, i)) continue;
    line++;
    lineStart = i + 1;
  }
  let character = 0;
  for (let i = lineStart; i < offset; i++) character += unitsOf(bytes[i]!);
  return { line, character };
}

/** The byte offset of a line and character; the end of the line or of the text if it's beyond. */
export function offsetAt(bytes: Uint8Array, { line, character }: LineAndCharacter): number {
  let i = hasBom(bytes) ? 3 : 0;
  for (let left = line; left > 0 && i < bytes.length; i++) if (endsLine(bytes, i)) left--;
  for (let units = 0; i < bytes.length && bytes[i] !== LF && bytes[i] !== CR; i++) {
    units += unitsOf(bytes[i]!);
    if (units > character) break;
  }
  return i;
}

export function hasBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
