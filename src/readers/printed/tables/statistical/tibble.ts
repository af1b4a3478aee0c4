import { SLICE, type Work } from '../../../../loss/work.ts';
import { type PrintedWord, printedLineAt, wordsOf, wordText } from '../../printedLines.ts';
import type { PrintedTable } from '../printedTable.ts';
import { isTypeName, LONGEST_LINE } from '../tableLines.ts';
import { TableRows } from '../tableRows.ts';

const HASH = 0x23;
const LESS = 0x3c;
/** "# ℹ 8 more rows", "# … with 8 more rows", "# ℹ 3 more variables: …" */
const MORE = /^# .{0,12}\bmore (?:rows|variables)/u;

/**
 * A tibble as R prints it: names on the line that starts at `start`, "<dbl>" and other types below them, then numbered rows. Undefined if
 * it's none. Texts with spaces in them can't be told from two columns, and end it.
 */
export function* readTibble(bytes: Uint8Array, start: number, limit: number): Work<PrintedTable | undefined> {
  const header = printedLineAt(bytes, start, limit);
  const types = printedLineAt(bytes, header.next, limit);
  if (types.start >= limit || !startsWithType(bytes, types.start, types.end)) return undefined;
  if (header.end - header.start > LONGEST_LINE || types.end - types.start > LONGEST_LINE) return undefined;
  const names = wordsOf(bytes, header).map((word) => wordText(bytes, word));
  const isType = (word: PrintedWord) => bytes[word.start] === LESS && isTypeName(wordText(bytes, word));
  const typeWords = wordsOf(bytes, types);
  if (typeWords.length !== names.length || !typeWords.every(isType)) return undefined;
  const fraction = () => Math.max(0.01, (line.start - start) / (limit - start));
  const rows = new TableRows(fraction);
  let end = types.end;
  let nextYield = start;
  let line = printedLineAt(bytes, types.next, limit);
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const [index, ...words] = line.end - line.start > LONGEST_LINE ? [] : wordsOf(bytes, line);
    if (!index || words.length !== names.length || wordText(bytes, index) !== String(rows.count + 1)) break;
    rows.add(line, words);
    end = line.end;
  }
  if (rows.count === 0) return undefined;
  const isCut =
    bytes[line.start] === HASH &&
    MORE.test(wordText(bytes, { start: line.start, end: Math.min(line.end, line.start + 80) }));
  const dots = isCut ? line.start : undefined;
  return { names, ...rows.places(), dots, printer: 'r', start, end };
}

function startsWithType(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && bytes[i] === 0x20) i++;
  return bytes[i] === LESS;
}
