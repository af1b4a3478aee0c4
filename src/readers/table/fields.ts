import { Cursor, Unreadable } from '../json/cursor.ts';
import { readNumber, written } from '../json/scalars.ts';
import { hasBom } from '../positions.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const HASH = 0x23;
const DELIMITERS = [',', '\t', ';', '|', ' '].map((text) => text.charCodeAt(0));
/** More characters than any number is written with. */
const LONGEST_NUMBER = 400;
/** Lines that are looked at to find the delimiter. */
const LOOKED_AT = 8;

const decoder = new TextDecoder();
const SPECIAL = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** The delimiter that cuts the first lines into the most fields, as many in each; a comma if none does. */
export function delimiterOf(bytes: Uint8Array): number {
  let [best, most] = [DELIMITERS[0]!, 1];
  for (const delimiter of DELIMITERS) {
    const fields = new Fields(bytes, delimiter);
    const counts = new Set<number>();
    try {
      for (let line = 0; line < LOOKED_AT && fields.next(); line++) counts.add(fields.count);
    } catch {
      // An open quote is said when the table is read.
      continue;
    }
    const [count = 0] = counts;
    if (counts.size === 1 && count > most) [best, most] = [delimiter, count];
  }
  // Ragged lines are better said of the delimiter that is there.
  if (most === 1) return DELIMITERS.find((delimiter) => firstLineHas(bytes, delimiter)) ?? best;
  return best;
}

function firstLineHas(bytes: Uint8Array, delimiter: number): boolean {
  const fields = new Fields(bytes, delimiter);
  try {
    return fields.next() && fields.count > 1;
  } catch {
    return false;
  }
}

/** Goes through a table line by line. What it says of a line is good until the next. */
export class Fields {
  readonly bytes: Uint8Array;
  readonly #delimiter: number;
  readonly #cursor: Cursor;
  #next: number;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** The fields that are plain numbers, and their decimals; NaN for the others. */
  readonly #numbers: number[] = [];
  readonly #decimals: number[] = [];
  /** How many fields the line has. */
  count = 0;
  /** Where the line begins and ends, without its line break. */
  start = 0;
  end = 0;

  constructor(bytes: Uint8Array, delimiter: number) {
    this.bytes = bytes;
    this.#delimiter = delimiter;
    this.#cursor = new Cursor(bytes, 0, bytes.length);
    this.#next = hasBom(bytes) ? 3 : 0;
    // numpy.savetxt puts it before its header.
    if (bytes[this.#next] === HASH) this.#next++;
  }

  /** Goes to the next line that isn't empty; false at the end. Throws Unreadable for a quote that isn't closed. */
  next(): boolean {
    const { bytes } = this;
    for (
      let first = bytes[this.#next];
      isBlank(first) || first === LF || first === CR;
      first = bytes[this.#next]
    ) {
      // Before a tab there may be an empty field, unless nothing comes after.
      if (first === TAB && this.#delimiter === TAB && !this.#isBlankLine()) break;
      this.#next++;
    }
    if (this.#next >= bytes.length) return false;
    this.start = this.#next;
    this.count = 0;
    while (this.#readField());
    return true;
  }

  /** Where a field begins. */
  startOf(field: number): number {
    return this.#starts[field]!;
  }

  isEmpty(field: number): boolean {
    return this.#starts[field]! >= this.#ends[field]!;
  }

  text(field: number): string {
    const text = decoder.decode(this.bytes.subarray(this.#starts[field]!, this.#ends[field]!));
    return text.includes('""') ? text.replaceAll('""', '"') : text;
  }

  /** The number in a field, exactly rounded to float64; undefined if there's none. `written` says its decimals. */
  number(field: number): number | undefined {
    written.decimals = this.#decimals[field]!;
    const plain = this.#numbers[field]!;
    if (!Number.isNaN(plain)) return plain;
    if (this.#ends[field]! - this.#starts[field]! > LONGEST_NUMBER) return undefined;
    const text = this.text(field);
    const [, decimals] = /^[+-]?(?:\d+\.?(\d*)|\.(?:\d+))(?:[eE][+-]?\d+)?$/.exec(text) ?? [];
    if (decimals === undefined && !/^[+-]?\.\d/.test(text)) return SPECIAL.get(text.toLowerCase());
    written.decimals = decimals?.length ?? text.length - 1;
    return Number(text);
  }

  /** Reads a field; true if another one follows on the line. */
  #readField(): boolean {
    const { bytes } = this;
    const { length } = bytes;
    const delimiter = this.#delimiter;
    let i = this.#next;
    while (i < length && bytes[i] === SPACE) i++;
    let [start, end] = [i, i];
    // Most fields are numbers, and nothing else stands before what ends them.
    const cursor = this.#cursor;
    cursor.offset = i;
    const number = readNumber(cursor);
    const after = cursor.offset;
    const isPlain = number !== undefined && (after >= length || this.#endsField(bytes[after]!));
    this.#numbers[this.count] = isPlain ? number : Number.NaN;
    this.#decimals[this.count] = isPlain ? written.decimals : 0;
    if (isPlain) {
      i = after;
      end = after;
    } else if (bytes[i] === QUOTE) {
      start = i + 1;
      end = this.#closingQuote(start);
      i = end + 1;
      while (i < length && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR) i++;
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

  #isBlankLine(): boolean {
    let i = this.#next;
    while (isBlank(this.bytes[i])) i++;
    return i >= this.bytes.length || this.bytes[i] === LF || this.bytes[i] === CR;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}
