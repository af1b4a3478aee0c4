/** A run of characters between spaces. */
export interface PrintedWord {
  /** Byte offsets. */
  readonly start: number;
  readonly end: number;
  /** In characters from the start of the line, where it ends: what columns are aligned by. */
  readonly column: number;
}

/** A line of a text, as byte offsets. */
export interface PrintedLine {
  readonly start: number;
  /** Without its line break. */
  readonly end: number;
  /** Where the next one starts. */
  readonly next: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Less behind the limit is looked through sooner than a part is made. */
const FAR = 1 << 10;

/** The line that starts at `start`. It ends at `limit` at the latest; a \r before its line break isn't part of it. */
export function printedLineAt(bytes: Uint8Array, start: number, limit: number): PrintedLine {
  // Of a line of a megabyte only what is asked for is looked through.
  const part = limit < bytes.length - FAR ? bytes.subarray(0, limit) : bytes;
  const lineBreak = part.indexOf(NEWLINE, start);
  const newline = lineBreak === -1 || lineBreak >= limit ? limit : lineBreak;
  const end = newline > start && bytes[newline - 1] === RETURN ? newline - 1 : newline;
  return { start, end, next: Math.min(newline + 1, limit) };
}

/** The line before the one that starts at `start`, or undefined at the start of the text. */
export function lineBefore(bytes: Uint8Array, start: number): PrintedLine | undefined {
  if (start === 0) return undefined;
  const newline = start - 1;
  const begin = newline === 0 ? 0 : bytes.lastIndexOf(NEWLINE, newline - 1) + 1;
  const end = newline > begin && bytes[newline - 1] === RETURN ? newline - 1 : newline;
  return { start: begin, end, next: start };
}

/** The words of a line, from left to right. Bytes up to 0x20 separate them. */
export function wordsOf(bytes: Uint8Array, { start, end }: PrintedLine): readonly PrintedWord[] {
  const words: PrintedWord[] = [];
  let column = 0;
  let from = -1;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte <= 0x20) {
      if (from !== -1) words.push({ start: from, end: i, column });
      from = -1;
    } else if (from === -1) from = i;
    // As Python counts: a character is its first byte.
    if ((byte & 0xc0) !== 0x80) column++;
  }
  if (from !== -1) words.push({ start: from, end, column });
  return words;
}

const decoder = new TextDecoder();

/** The text of a word, which is in UTF-8. */
export function wordText(bytes: Uint8Array, { start, end }: Pick<PrintedWord, 'start' | 'end'>): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** A number as a table has it. */
export function isNumber(text: string): boolean {
  // No part of it can match one text in two ways: long ones take no longer than they have to.
  return /^[-\u2212]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|inf|nan)$/i.test(text);
}

const DOT = 0x2e;

/** What tables have in place of what they leave out: "..", "..." or "…". */
export function isDots(bytes: Uint8Array, { start, end }: Pick<PrintedWord, 'start' | 'end'>): boolean {
  if (end - start < 2 || end - start > 3) return false;
  if (bytes[start] === 0xe2 && end - start === 3)
    return bytes[start + 1] === 0x80 && bytes[start + 2] === 0xa6;
  for (let i = start; i < end; i++) if (bytes[i] !== DOT) return false;
  return true;
}
