import { SLICE, type Work } from '../../../../loss/work.ts';
import { printedLineAt, wordsOf, wordText } from '../../printedLines.ts';
import type { PrintedTable } from '../printedTable.ts';
import { LONGEST_LINE } from '../tableLines.ts';
import { TableRows } from '../tableRows.ts';

const LETTER_L = 0x6c;
const CLASS = /^-?\d{1,9}$/;

/**
 * What `svm-predict -b 1` of LIBSVM and LIBLINEAR writes, from the line at `start` on: the classes in the order they were seen, "labels 2 1",
 * and rows of the class that was predicted and a probability for each. Undefined if it's anything else.
 */
export function* readPredictedRows(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if (bytes[start] !== LETTER_L) return undefined;
  const head = printedLineAt(bytes, start, limit);
  if (head.end - head.start > LONGEST_LINE) return undefined;
  const [word, ...classes] = wordsOf(bytes, head).map((each) => wordText(bytes, each));
  const isHead = word === 'labels' && classes.length > 1 && classes.every((name) => CLASS.test(name));
  if (!isHead) return undefined;
  const known = new Set(classes);
  const names = ['predicted', ...classes.map((name) => `class ${name}`)];
  let line = printedLineAt(bytes, head.next, limit);
  const rows = new TableRows(() => Math.max(0.01, (line.start - start) / (limit - start)));
  let end = head.end;
  let nextYield = start;
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const cells = line.end - line.start > LONGEST_LINE ? [] : wordsOf(bytes, line);
    const [predicted] = cells;
    if (!predicted || !known.has(wordText(bytes, predicted))) break;
    // Without a row that can't be read there would be fewer, and nobody would know.
    rows.add(line, cells.length === names.length ? cells : names.map(() => line));
    end = line.end;
  }
  if (rows.count === 0) return undefined;
  return { names, ...rows.places(), dots: undefined, printer: 'table', start, end };
}
