import { SLICE, type Work } from '../../loss/work.ts';
import { type Growable, growableDoubles } from '../text/growable.ts';
import {
  isDots,
  isNumber,
  lineBefore,
  type PrintedLine,
  printedLineAt,
  wordsOf,
  wordText,
} from './printedLines.ts';
import { type PrintedTable, readPrintedTable } from './printedTable.ts';
import type { FoundTensor } from './printedTensor.ts';

/** The last line of a pandas Series. */
const FOOTER = /^(?:Name: (.+?), )?(?:Length: \d+, )?dtype: (\w+)$/;
const LONGEST_FOOTER = 200;

/**
 * A pandas Series as it is printed, by its last line, which starts at `start`: above it are labels and values, as far up as
 * `from` at most.
 */
export function* readSeries(
  bytes: Uint8Array,
  start: number,
  limit: number,
  from: number,
): Work<FoundTensor | undefined> {
  const footer = printedLineAt(bytes, start, limit);
  if (footer.end - footer.start > LONGEST_FOOTER) return undefined;
  const match = FOOTER.exec(wordText(bytes, footer));
  if (!match) return undefined;
  const [, name, type] = match;
  const { lines, values, dots } = yield* linesAbove(bytes, start, from);
  if (lines.length === 0) return undefined;
  const table: PrintedTable = {
    names: [name ?? 'values'],
    cells: values,
    rows: lines,
    dots,
    start: lines[0]!,
    end: footer.end,
  };
  const printed = yield* readPrintedTable(bytes, table);
  if (!printed) return undefined;
  const { ownName: _, ...rest } = printed;
  return { ...rest, kind: 'series', type: type!, ...(name !== undefined && { ownName: name }) };
}

interface Above {
  /** [start, end) of each line, from the first on. */
  readonly lines: Float64Array;
  /** [start, end) of the value in it. */
  readonly values: Float64Array;
  readonly dots: number | undefined;
}

/** The lines of a series, which are looked for from its last line upwards. */
function* linesAbove(bytes: Uint8Array, start: number, from: number): Work<Above> {
  // Backwards, as they are found.
  const [lines, values] = [growableDoubles(() => 0.5), growableDoubles(() => 0.5)];
  let dots: number | undefined;
  let column: number | undefined;
  let nextYield = start - SLICE;
  for (
    let line = lineBefore(bytes, start);
    line && line.start >= from;
    line = lineBefore(bytes, line.start)
  ) {
    if (line.start <= nextYield) {
      yield 0.5;
      nextYield = line.start - SLICE;
    }
    const words = wordsOf(bytes, line);
    const last = words.at(-1);
    if (!last) break;
    if (words.length === 1 && isDots(bytes, last)) {
      dots = last.start;
      continue;
    }
    column ??= last.column;
    if (words.length < 2 || last.column !== column || !isNumber(wordText(bytes, last))) break;
    push(lines, line);
    push(values, last);
  }
  return { lines: lines.toArray().reverse(), values: values.toArray().reverse(), dots };
}

function push(range: Growable<Float64Array>, { start, end }: Pick<PrintedLine, 'start' | 'end'>): void {
  range.push(end);
  range.push(start);
}
