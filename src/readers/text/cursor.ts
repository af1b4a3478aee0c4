import type { Expected, Printer, ReadProblem } from '../readProblem.ts';
import { type AllocateLogits, allocateOwn } from './growable.ts';
import type { NumberScan, NumberScanner } from './numberScanner.ts';

/**
 * Ends reading; caught where reading began. Inside the reader only: to the outside a problem is a value. Not an Error: looking for
 * tensors in a text throws it for every bracket that isn't one, and an Error takes longer for its stack than the looking does.
 */
export class Unreadable {
  readonly problem: ReadProblem;

  constructor(problem: ReadProblem) {
    this.problem = problem;
  }
}

/** How a tensor is printed, where it isn't JSON. */
export interface Printing {
  readonly printer: Printer;
  /** Commas between items, as in source code; else white space is enough. */
  readonly commas: boolean;
  /** Numbers were rounded to be printed. */
  readonly rounds: boolean;
}

interface CursorOptions {
  readonly scanner?: NumberScanner;
  /** What `scanner` has opened already for the same text. */
  readonly scan?: NumberScan | undefined;
  /** For logits. */
  readonly room?: AllocateLogits;
  /** Absent: JSON. */
  readonly printing?: Printing;
}

/** More brackets inside each other than any tensor has axes. */
const DEPTH_LIMIT = 32;
const EXCERPT_BYTES = 24;
const decoder = new TextDecoder();

const SLASH = 0x2f;
const STAR = 0x2a;
const NEWLINE = 0x0a;
const HASH = 0x23;
const OPEN_TUPLE = 0x28;
const CLOSE_TUPLE = 0x29;
const CLOSE_LIST = 0x5d;

/** How a number was written. */
export interface WrittenNumber {
  decimals: number;
  point: boolean;
  exponent: number | undefined;
}

/** A place in UTF-8 text, and how to go on from there. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** A faster way on where there are only numbers, if there is one. */
  readonly scan: NumberScan | undefined;
  /** For logits. */
  readonly room: AllocateLogits;
  readonly printing: Printing | undefined;
  offset: number;
  /** How the number was written that was read last. */
  readonly written: WrittenNumber = { decimals: 0, point: false, exponent: undefined };
  /** Where each bracket that is open now began. */
  readonly #open: number[] = [];

  constructor(bytes: Uint8Array, start: number, end: number, options: CursorOptions = {}) {
    this.bytes = bytes;
    this.offset = start;
    this.end = end;
    this.scan = options.scan ?? options.scanner?.open(bytes, end);
    this.room = options.room ?? allocateOwn;
    this.printing = options.printing;
  }

  /** Another cursor in the same JSON, for parts that are read again. */
  again(): Cursor {
    return new Cursor(this.bytes, 0, this.end, { scan: this.scan });
  }

  /** The next byte that isn't white space or in a comment, or −1 at the end. */
  peek(): number {
    for (; this.offset < this.end; this.offset++) {
      const byte = this.bytes[this.offset]!;
      if (byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09) continue;
      if (this.printing ? byte !== HASH : byte !== SLASH) return byte;
      if (!this.#skipComment()) return byte;
    }
    return -1;
  }

  enter(): void {
    if (this.#open.length === DEPTH_LIMIT) {
      throw new Unreadable({ reason: 'too-deep', offset: this.offset, limit: DEPTH_LIMIT });
    }
    this.#open.push(this.offset++);
  }

  leave(): void {
    this.#open.pop();
    this.offset++;
  }

  get depth(): number {
    return this.#open.length;
  }

  /** The byte that closes the list that is open, or −1 where none is. */
  get closing(): number {
    const opened = this.#open.at(-1);
    if (opened === undefined) return -1;
    return this.bytes[opened] === OPEN_TUPLE ? CLOSE_TUPLE : CLOSE_LIST;
  }

  /** Gives up: something else stands here, or the text has ended. */
  fail(expected: Expected): never {
    const openedAt = this.#open.at(-1);
    if (this.peek() === -1 || (openedAt !== undefined && this.#inLastWord())) {
      throw new Unreadable({ reason: 'truncated', offset: this.end, openedAt: openedAt ?? this.offset });
    }
    throw new Unreadable({ reason: 'syntax', offset: this.offset, expected, found: this.excerpt() });
  }

  text(start: number, end: number): string {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  /** A few characters of what stands here, up to the end of the word or line. */
  excerpt(): string {
    const text = this.text(this.offset, Math.min(this.end, this.offset + EXCERPT_BYTES));
    return /^("[^"\n]*"?|[^\s,\]}:[{"()]+|.)/u.exec(text)?.[0].replace(/\uFFFD{1,3}$/, '') ?? '';
  }

  /** True if what stands here goes on to the end: the text may have been cut within it. */
  #inLastWord(): boolean {
    const rest = this.end - this.offset;
    return rest <= EXCERPT_BYTES && /^[^\s,\]}:]*$/.test(this.text(this.offset, this.end));
  }

  #skipComment(): boolean {
    const next = this.bytes[this.offset + 1];
    if (this.printing || next === SLASH) {
      while (this.offset + 1 < this.end && this.bytes[this.offset + 1] !== NEWLINE) this.offset++;
      return true;
    }
    if (next !== STAR) return false;
    let i = this.offset + 2;
    while (i + 1 < this.end && !(this.bytes[i] === STAR && this.bytes[i + 1] === SLASH)) i++;
    if (i + 1 >= this.end) return false;
    this.offset = i + 1;
    return true;
  }
}
