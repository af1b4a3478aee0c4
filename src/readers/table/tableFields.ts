import { Cursor, Unreadable } from '../text/cursor.ts';
import type { NumberScan, NumberScanner, Scanned } from '../text/numberScanner.ts';
import { readNumber } from '../text/scannedScalars.ts';
import { LONGEST_NUMBER, looseNumber } from './looseNumber.ts';

const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const HASH = 0x23;
/** With fewer fields on a line it's as fast to read them one by one. */
const WORTH_A_SCAN = 8;
/** More columns than any table has: a line is read in one go. */
const MOST_COLUMNS = 1 << 16;

const decoder = new TextDecoder();

/** Goes through a table line by line. What it says of a line is good until the next. */
export class Fields {
  readonly bytes: Uint8Array;
  readonly #delimiter: number;
  readonly #cursor: Cursor;
  #next = 0;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** The fields that are plain numbers, and their decimals; NaN for the others. */
  readonly #numbers: number[] = [];
  readonly #decimals: number[] = [];
  /** Of the number that `number` has read last. */
  decimals = 0;
  /** How many fields the line has. */
  count = 0;
  /** Where the line begins and ends, without its line break. */
  start = 0;
  end = 0;

  /** Reads the numbers of a line but the first, where commas are between them. */
  #scan: NumberScan | undefined;
  #scanned: Scanned | undefined;
  /** A field of the scanned line, and where it begins: the one that was looked for last. */
  #found = 1;
  #foundAt = 0;
  /** How many fields a line should have, once it's known. */
  expected = 0;

  constructor(bytes: Uint8Array, delimiter: number, scanner?: NumberScanner, start = 0) {
    this.bytes = bytes;
    this.#delimiter = delimiter;
    this.#scan = delimiter === COMMA ? scanner?.open(bytes, bytes.length) : undefined;
    this.#cursor = new Cursor(bytes, 0, bytes.length);
    // numpy.savetxt puts it before its header.
    this.#next = bytes[start] === HASH ? start + 1 : start;
  }

  get delimiter(): string {
    return String.fromCharCode(this.#delimiter);
  }

  /** Goes to the next line that isn't empty; false at the end. Throws Unreadable for a quote that isn't closed, or too many fields. */
  next(): boolean {
    const { bytes } = this;
    let next = this.#next;
    for (let first = bytes[next]; isBlank(first) || first === LF || first === CR; first = bytes[next]) {
      // Before a tab there may be an empty field, unless nothing comes after.
      const end = first === TAB && this.#delimiter === TAB ? this.#endOfBlanks(next) : next;
      if (end > next && end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) break;
      next = Math.max(next + 1, end);
    }
    this.#next = next;
    if (next >= bytes.length) return false;
    this.start = next;
    this.#scanned = undefined;
    this.count = 0;
    if (this.#readField() && !this.#scanRest()) while (this.#readField());
    return true;
  }

  /** Reads the rest of the line as numbers; false if it isn't as many as it should be, and nothing else. */
  #scanRest(): boolean {
    if (!this.#scan || this.expected < WORTH_A_SCAN) return false;
    const { bytes } = this;
    const scanned = this.#scan.numbers(this.#next - 1);
    // To the scanner a line break is white space: where lines end with a comma it reads on, line after line.
    if (scanned.values.length >= this.expected) this.#scan = undefined;
    if (scanned.values.length !== this.expected - 1) return false;
    const { offset } = scanned;
    const end = bytes[offset] === CR ? offset + 1 : offset;
    if (end < bytes.length && bytes[end] !== LF) return false;
    const rest = bytes.subarray(this.#next, offset);
    if (rest.includes(LF) || rest.includes(CR)) return false;
    this.#scanned = scanned;
    this.#found = 1;
    this.#foundAt = this.#next;
    this.count = this.expected;
    this.end = offset;
    this.#next = end + 1;
    return true;
  }

  /** Reads a scanned line again, field by field, for what a scanner doesn't say: their places, and the decimals of each. */
  place(): void {
    if (!this.#scanned) return;
    this.#scanned = undefined;
    this.#next = this.start;
    this.count = 0;
    while (this.#readField());
  }

  /** Where a field begins. */
  startOf(field: number): number {
    this.place();
    return this.#starts[field]!;
  }

  /** How many bytes a field has. */
  lengthOf(field: number): number {
    this.place();
    return Math.max(0, this.#ends[field]! - this.#starts[field]!);
  }

  isEmpty(field: number): boolean {
    this.place();
    return this.#starts[field]! >= this.#ends[field]!;
  }

  text(field: number): string {
    this.place();
    const text = decoder.decode(this.bytes.subarray(this.#starts[field]!, this.#ends[field]!));
    return text.includes('""') ? text.replaceAll('""', '"') : text;
  }

  /** The number in a field, exactly rounded to float64, or to float32 by a scanner; undefined if there's none. `decimals` says how many it has then. */
  number(field: number): number | undefined {
    if (this.#scanned && field > 0) {
      this.decimals = this.#scanned.decimals;
      return this.#scanned.values[field - 1];
    }
    this.decimals = this.#decimals[field]!;
    const plain = this.#numbers[field]!;
    if (!Number.isNaN(plain)) return plain;
    // A long text isn't worth the decoding.
    if (this.#ends[field]! - this.#starts[field]! > LONGEST_NUMBER) return undefined;
    const loose = looseNumber(this.text(field));
    if (loose) this.decimals = loose.decimals;
    return loose?.value;
  }

  /** The same in float64, whoever has read the line: for all that isn't logits. */
  exactNumber(field: number): number | undefined {
    if (!this.#scanned || field === 0) return this.number(field);
    const cursor = this.#cursor;
    cursor.offset = this.#scannedStart(field);
    cursor.peek();
    return readNumber(cursor);
  }

  /** Where a field of a scanned line begins, in which there are only numbers: from the last one that was found, or from the end. */
  #scannedStart(field: number): number {
    const { bytes } = this;
    if (this.count - field < Math.abs(field - this.#found)) {
      this.#found = this.count;
      this.#foundAt = this.end + 1;
    }
    for (; this.#found < field; this.#found++) this.#foundAt = bytes.indexOf(COMMA, this.#foundAt) + 1;
    for (; this.#found > field; this.#found--)
      this.#foundAt = bytes.lastIndexOf(COMMA, this.#foundAt - 2) + 1;
    return this.#foundAt;
  }

  /** Reads a field; true if another one follows on the line. */
  #readField(): boolean {
    const { bytes } = this;
    const { length } = bytes;
    const delimiter = this.#delimiter;
    if (this.count === MOST_COLUMNS)
      throw new Unreadable({ reason: 'columns', offset: this.start, limit: MOST_COLUMNS });
    let i = this.#next;
    while (i < length && (bytes[i] === SPACE || (bytes[i] === TAB && delimiter !== TAB))) i++;
    let [start, end] = [i, i];
    // Most fields are numbers, and nothing else stands before what ends them.
    const cursor = this.#cursor;
    cursor.offset = i;
    const number = readNumber(cursor);
    const after = cursor.offset;
    const isPlain = number !== undefined && (after >= length || this.#endsField(bytes[after]!));
    this.#numbers[this.count] = isPlain ? number : Number.NaN;
    this.#decimals[this.count] = isPlain ? cursor.written.decimals : 0;
    if (isPlain) {
      i = after;
      end = after;
    } else if (bytes[i] === QUOTE) {
      start = i + 1;
      end = this.#closingQuote(start);
      i = end + 1;
      // What goes on behind the quote is no part of a number, and nothing to leave out.
      for (; i < length && !this.#endsField(bytes[i]!); i++)
        if (bytes[i] !== SPACE && bytes[i] !== TAB) end = i + 1;
    } else {
      for (; i < length; i++) {
        const byte = bytes[i]!;
        if (this.#endsField(byte)) break;
        if (byte !== SPACE && byte !== TAB) end = i + 1;
      }
    }
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
    this.count++;
    this.end = Math.max(end, i);
    this.#next = i + 1;
    if (i >= length || bytes[i] !== delimiter) return false;
    if (delimiter !== SPACE) return true;
    // Spaces count as one, and those at the end of a line as none.
    while (bytes[this.#next] === SPACE) this.#next++;
    return this.#next < length && bytes[this.#next] !== LF && bytes[this.#next] !== CR;
  }

  #endsField(byte: number): boolean {
    return byte === this.#delimiter || byte === LF || byte === CR;
  }

  #closingQuote(start: number): number {
    const { bytes } = this;
    for (let i = start; i < bytes.length; i++) {
      if (bytes[i] !== QUOTE) continue;
      if (bytes[i + 1] !== QUOTE) return i;
      i++;
    }
    const found = decoder.decode(bytes.subarray(start - 1, start + 20)).split(/[\r\n]/)[0]!;
    throw new Unreadable({ reason: 'syntax', offset: start - 1, expected: 'end-quote', found });
  }

  #endOfBlanks(start: number): number {
    let i = start;
    while (isBlank(this.bytes[i])) i++;
    return i;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}
