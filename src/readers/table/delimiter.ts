import type { Work } from '../../loss/work.ts';
import { hasDecimalComma, haveDecimalCommas, unclearComma } from './decimalCommas.ts';
import { textsOf } from './tableColumns.ts';
import { Fields } from './tableFields.ts';

const COMMA = 0x2c;
const DELIMITERS = [',', '\t', ';', '|', ' '].map((text) => text.charCodeAt(0));
const LF = 0x0a;
/** Lines that are looked at, within so many bytes. */
const LOOKED_AT = 8;
const LOOKED_AT_BYTES = 1 << 16;

const NUMBER_OR_BLANK = /^(?:[+-]?\d+(?:e[+-]?\d+)?)?$/i;

/**
 * The delimiter that cuts the first lines into the most fields, as many in each; a comma if none does. A comma that is a decimal
 * point in every field of another delimiter is none.
 */
export function* findDelimiter(bytes: Uint8Array): Work<number> {
  const sample = sampleOf(bytes);
  const around = DELIMITERS.find((delimiter) => delimiter !== COMMA && hasDecimalCommas(sample, delimiter));
  if (around !== undefined) return around;
  let [best, most] = [DELIMITERS[0]!, 1];
  for (const delimiter of DELIMITERS) {
    yield 0;
    const counts = new Set(countsIn(sample, delimiter, sample.length < bytes.length));
    const [count = 0] = counts;
    if (counts.size === 1 && count > most) [best, most] = [delimiter, count];
  }
  // Ragged lines are better said of the delimiter that is there.
  if (most > 1) return best;
  for (const delimiter of DELIMITERS) {
    yield 0;
    if ((countsIn(sample, delimiter, true)[0] ?? 0) > 1) return delimiter;
  }
  return best;
}

/** True if the numbers in the first lines have commas for points. */
export function hasCommasForPoints(bytes: Uint8Array, delimiter: number): boolean {
  return haveDecimalCommas(firstTexts(bytes, delimiter));
}

/** A number with a comma in the first lines of a table without a header, if nobody knows whether that's a point. */
export function unclearCommaIn(bytes: Uint8Array, delimiter: number): string | undefined {
  return unclearComma(firstTexts(bytes, delimiter), delimiter);
}

function firstTexts(bytes: Uint8Array, delimiter: number): readonly string[] {
  const fields = new Fields(sampleOf(bytes), delimiter);
  const texts: string[] = [];
  try {
    for (let line = 0; line < LOOKED_AT && fields.next(); line++)
      for (const text of textsOf(fields)) texts.push(text);
  } catch {
    // What is wrong with a line is said when the table is read.
  }
  return texts;
}

/** True if the fields of the first line, or of the second under a header, are all numbers with commas for points, or whole. */
function hasDecimalCommas(sample: Uint8Array, delimiter: number): boolean {
  const fields = new Fields(sample, delimiter);
  try {
    for (let line = 0; line < 2 && fields.next(); line++) {
      if (fields.count < 2) return false;
      const texts = textsOf(fields);
      const isPart = (text: string) => hasDecimalComma(text) || NUMBER_OR_BLANK.test(text);
      if (texts.every(isPart) && texts.some(hasDecimalComma)) return true;
    }
    return false;
  } catch {
    return false;
  }
}

/** The first lines, or the start of the first if that is very long. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= LOOKED_AT_BYTES) return bytes;
  const end = bytes.subarray(0, LOOKED_AT_BYTES).lastIndexOf(LF) + 1;
  return bytes.subarray(0, end || LOOKED_AT_BYTES);
}

/** How many fields the lines have, up to one that can't be read; none if that is to count. */
function countsIn(sample: Uint8Array, delimiter: number, isCut: boolean): readonly number[] {
  const fields = new Fields(sample, delimiter);
  const counts: number[] = [];
  try {
    while (counts.length < LOOKED_AT && fields.next()) counts.push(fields.count);
    return counts;
  } catch {
    // An open quote is said when the table is read.
    return isCut ? counts : [];
  }
}
