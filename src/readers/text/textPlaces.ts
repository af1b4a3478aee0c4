import { SLICE, type Work } from '../../loss/work.ts';
import type { LineAndCharacter } from '../readProblem.ts';

const LF = 0x0a;
const CR = 0x0d;

/** How many UTF-16 code units a byte stands for: all of its character for the first of it, 0 for the rest. What isn't UTF-8 counts as it's shown: as U+FFFD. */
function unitsOf(bytes: Uint8Array, i: number): number {
  const byte = bytes[i]!;
  if (byte < 0x80) return 1;
  if (byte >= 0xc0) return byte >= 0xf0 && characterAt(bytes, i) === 4 ? 2 : 1;
  for (let lead = i - 1; lead >= i - 3; lead--)
    if (bytes[lead]! >= 0xc0) return lead + characterAt(bytes, lead) > i ? 0 : 1;
  return 1;
}

/** How many bytes the character that begins at `i` has; of one that is cut or wrong, those that are right. */
function characterAt(bytes: Uint8Array, i: number): number {
  const lead = bytes[i]!;
  const length = lead >= 0xf5 || lead < 0xc2 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  // No shorter way to write it, no half of a pair, nothing beyond Unicode.
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let k = 1; k < length; k++) {
    const byte = bytes[i + k];
    const isRight = k === 1 ? byte! >= least && byte! <= most : byte! >= 0x80 && byte! <= 0xbf;
    if (!isRight) return k;
  }
  return length;
}

/** True if a line ends with byte `i`: \n, \r\n (at its \n) or a \r alone, as VS Code counts. */
function endsLine(bytes: Uint8Array, i: number): boolean {
  return bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF);
}

/** True if each of four bytes is from 0x0e to 0x7f: ASCII, and no end of a line. Borrowing from the next byte makes more words false, never true. */
function isPlain(word: number): boolean {
  return ((word | (word - 0x0e0e0e0e)) & 0x80808080) === 0;
}

/** From so many bytes to the next it's known on which line, and at which character, they begin. */
const BLOCK = 1 << 10;

/** Where bytes of a UTF-8 text are in it, as lines and characters. Each byte is looked at once, however many places are asked for. */
export class TextPlaces {
  readonly #bytes: Uint8Array;
  /** The same bytes by fours, from the first that is at a multiple of 4 in its buffer. */
  readonly #words: Int32Array;
  readonly #firstWord: number;
  /** Of the start of each block, as far as they have been asked for. */
  readonly #lines: number[] = [0];
  readonly #characters: number[] = [0];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#firstWord = Math.min(-bytes.byteOffset & 3, bytes.length);
    const count = (bytes.length - this.#firstWord) >> 2;
    // The buffer of no bytes may end before the next multiple of 4.
    this.#words =
      count === 0
        ? new Int32Array(0)
        : new Int32Array(bytes.buffer, bytes.byteOffset + this.#firstWord, count);
  }

  /** The line and character (from 0, UTF-16) of a byte offset. */
  at(offset: number): LineAndCharacter {
    const block = Math.floor(Math.min(offset, this.#bytes.length) / BLOCK);
    while (this.#lines.length <= block) this.#addBlock();
    return this.#walk(block, offset);
  }

  /** Prepares for places up to an offset: what they take together is then done in slices. */
  *prepare(offset: number): Work<void> {
    for (let block = this.#lines.length; block * BLOCK <= offset; block++) {
      this.#addBlock();
      if (block % (SLICE / BLOCK) === 0) yield (block * BLOCK) / offset;
    }
  }

  #addBlock(): void {
    const block = this.#lines.length;
    const { line, character } = this.#walk(block - 1, block * BLOCK);
    this.#lines.push(line);
    this.#characters.push(character);
  }

  #walk(block: number, offset: number): LineAndCharacter {
    const bytes = this.#bytes;
    const end = Math.min(offset, bytes.length);
    let line = this.#lines[block]!;
    let character = this.#characters[block]!;
    for (let i = block * BLOCK; i < end; i++) {
      const units = this.#plainFrom(i, end);
      character += units;
      i += units;
      if (i === end) break;
      if (endsLine(bytes, i)) {
        line++;
        character = 0;
      } else character += unitsOf(bytes, i);
    }
    return { line, character };
  }

  /** How many bytes from `i` on are surely a character each, in whole words: most of a text are. */
  #plainFrom(i: number, end: number): number {
    if (((i - this.#firstWord) & 3) !== 0) return 0;
    const first = (i - this.#firstWord) >> 2;
    const last = Math.max(first, (end - this.#firstWord) >> 2);
    let word = first;
    while (word < last && isPlain(this.#words[word]!)) word++;
    return (word - first) << 2;
  }
}

/** The byte offset of a line and character; the end of the line or of the text if it's beyond. */
export function offsetAt(bytes: Uint8Array, { line, character }: LineAndCharacter): number {
  let i = 0;
  for (let left = line; left > 0 && i < bytes.length; i++) if (endsLine(bytes, i)) left--;
  for (let units = 0; i < bytes.length && bytes[i] !== LF && bytes[i] !== CR; i++) {
    units += unitsOf(bytes, i);
    if (units > character) break;
  }
  return i;
}
