import { firstIndex } from '../../../loss/binarySearch.ts';
import { readCodeNumber } from '../../text/codeNumbers.ts';
import { Cursor } from '../../text/cursor.ts';
import { startsNumber } from '../../text/scannedScalars.ts';

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

const CODE = { printing: { printer: 'python', commas: true, rounds: false } } as const;
/** What a number in code may begin with beside what others do: +, − and the first letters of float(, math.inf, jnp.nan, torch.inf, Float32( … */
const MAY_START: ReadonlySet<number> = new Set(
  Array.from('+âabdfghijlmnostuxADFIU', (letter) => letter.charCodeAt(0)),
);

/** How many numbers sparse tensors of a text may still be filled up to: a few bytes may say that there are very many zeros. */
export interface Room {
  left: number;
}

/** A text by its brackets. */
export class Brackets {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly room: Room;
  readonly #closings: Closings;
  /** Brackets and white space [start, end) that were seen last. */
  #runStart = 0;
  #runEnd = 0;

  constructor(bytes: Uint8Array, end: number, room: Room) {
    this.bytes = bytes;
    this.end = end;
    this.room = room;
    this.#closings = new Closings(bytes, end);
  }

  /** True if a list of numbers, or of lists of them, may begin here. */
  startsTensor(offset: number): boolean {
    if (!isOpening(this.bytes[offset])) return false;
    const first = this.firstItem(offset);
    const byte = this.bytes[first];
    if (byte === undefined || first >= this.end) return true;
    if (startsNumber(byte) || byte === DOT || byte === CLOSE || isTruth(byte)) return true;
    return MAY_START.has(byte) && this.#isCodeNumber(first);
  }

  /** True for a number as code has it: "float('-inf')", "+1.5", "torch.inf". */
  #isCodeNumber(offset: number): boolean {
    return readCodeNumber(new Cursor(this.bytes, offset, this.end, CODE)) !== undefined;
  }

  /** The first item is followed by a comma, brackets closed meanwhile or not. */
  hasCommas(offset: number): boolean {
    const { bytes } = this;
    const limit = Math.min(this.end, offset + LOOK_AHEAD);
    let i = Math.min(limit, this.firstItem(offset));
    while (i < limit && !isSpace(bytes[i]) && bytes[i] !== COMMA && !isClosing(bytes[i])) i++;
    while (i < limit && (isSpace(bytes[i]) || isClosing(bytes[i]))) i++;
    return i < limit && bytes[i] === COMMA;
  }

  /** Past the brackets that open at `offset`. */
  firstItem(offset: number): number {
    if (offset < this.#runStart || offset >= this.#runEnd) {
      let i = offset;
      while (i < this.end && (isOpening(this.bytes[i]) || isSpace(this.bytes[i]))) i++;
      this.#runStart = offset;
      this.#runEnd = i;
    }
    return Math.min(this.#runEnd, offset + LOOK_AHEAD);
  }

  /** After the brackets that close `depth` open ones, from `offset` on; `offset` itself if they aren't near. */
  afterClosing(offset: number, depth: number): number {
    return this.#closings.after(offset, depth);
  }

  skipSpace(offset: number): number {
    let i = offset;
    while (i < this.end && isSpace(this.bytes[i])) i++;
    return i;
  }
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

/** Finds what closes brackets. Each part of a text is looked at twice at most, however often it's asked about. */
class Closings {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  /** The part that was looked at last begins here. */
  #start = Number.POSITIVE_INFINITY;
  /** How many more brackets are open before each of its bytes than at its start. */
  #depths = new Int32Array(0);
  /** Where brackets close, by how many are open afterwards. */
  #closings = new Map<number, number[]>();

  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes;
    this.#end = end;
  }

  after(offset: number, depth: number): number {
    if (depth === 0 || offset >= this.#end) return offset;
    if (offset < this.#start || offset >= this.#start + LONGEST_REST) this.#look(offset);
    const wanted = this.#depths[offset - this.#start]! - depth;
    const closings = this.#closings.get(wanted) ?? [];
    const closing = closings[firstIndex(closings.length, (i) => closings[i]! >= offset)];
    return closing === undefined || closing >= offset + LONGEST_REST ? offset : closing + 1;
  }

  #look(start: number): void {
    this.#start = start;
    this.#closings = new Map();
    const limit = Math.min(this.#end, start + 2 * LONGEST_REST);
    // A short text needs less.
    if (this.#depths.length < limit - start) this.#depths = new Int32Array(limit - start);
    let depth = 0;
    for (let i = start; i < limit; i++) {
      this.#depths[i - start] = depth;
      if (isOpening(this.#bytes[i])) depth++;
      else if (isClosing(this.#bytes[i])) {
        const closings = this.#closings.get(--depth);
        if (closings) closings.push(i);
        else this.#closings.set(depth, [i]);
      }
    }
  }
}
