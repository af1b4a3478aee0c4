import { SLICE, type Work } from '../../../../loss/work.ts';
import { isLikeNumber } from '../../../table/looseNumber.ts';
import {
  isNumber,
  type PrintedLine,
  type PrintedWord,
  printedLineAt,
  wordsOf,
  wordText,
} from '../../printedLines.ts';
import type { PrintedTable } from '../printedTable.ts';
import { type CellSpan, isRule, LONGEST_LINE } from '../tableLines.ts';
import { TableRows } from '../tableRows.ts';

const BAR = 0x7c;
const POINT = 0x2e;
/** "12.", and the bar after it, where there are borders. */
const NUMBER = /^(\d{1,9})\.$/;

/**
 * A table as Stata's `list` prints it, with or without borders: names on the line that starts at `start`, below a border perhaps, and rows
 * that are numbered "1.", "2." …; every few of them there's a line. Undefined if it's none, or the first row has no numbers.
 */
export function* readNumberedRows(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  let header = printedLineAt(bytes, start, limit);
  if (isRule(bytes, header)) header = printedLineAt(bytes, header.next, limit);
  let line = printedLineAt(bytes, header.next, limit);
  if (isRule(bytes, line)) line = printedLineAt(bytes, line.next, limit);
  if (!mayBeRow(bytes, line)) return undefined;
  const names = cellsIn(bytes, header).map((cell) => wordText(bytes, cell));
  if (names.length < 2 || names.some(isNumber)) return undefined;
  const rows = new TableRows(() => Math.max(0.01, (line.start - start) / (limit - start)));
  let before = 0;
  let end = start;
  let nextYield = start;
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    if (isRule(bytes, line)) {
      end = line.end;
      continue;
    }
    if (!mayBeRow(bytes, line)) break;
    const [index, ...cells] = cellsIn(bytes, line);
    const number = Number(NUMBER.exec(wordText(bytes, index!))?.[1]);
    // Some rows may have been left out, but they're in order.
    if (!(number > before)) break;
    const isWhole = cells.length === names.length;
    // A list in a text is numbered, too.
    if (
      rows.count === 0 &&
      !(isWhole && cells.filter((cell) => isLikeNumber(wordText(bytes, cell))).length > 1)
    )
      return undefined;
    // Without a row that can't be read there would be fewer, and nobody would know.
    rows.add(line, isWhole ? cells : names.map(() => line));
    before = number;
    end = line.end;
  }
  if (rows.count === 0) return undefined;
  return { names, ...rows.places(), dots: undefined, printer: 'table', start, end };
}

/** True for a line that begins with a number and a point, by themselves. */
function mayBeRow(bytes: Uint8Array, { start, end }: PrintedLine): boolean {
  if (end - start > LONGEST_LINE) return false;
  let i = start;
  while (i < end && bytes[i] === 0x20) i++;
  const from = i;
  while (i < end && bytes[i]! >= 0x30 && bytes[i]! <= 0x39) i++;
  return i > from && bytes[i] === POINT && i + 1 < end && bytes[i + 1]! <= 0x20;
}

/** The words of a line, without the bars that are its borders. */
function cellsIn(bytes: Uint8Array, line: PrintedLine): readonly CellSpan[] {
  if (line.end - line.start > LONGEST_LINE) return [];
  const isBorder = ({ start, end }: PrintedWord) => end - start === 1 && bytes[start] === BAR;
  return wordsOf(bytes, line).filter((word) => !isBorder(word));
}
