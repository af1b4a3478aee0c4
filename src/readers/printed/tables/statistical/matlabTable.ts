import { SLICE, type Work } from '../../../../loss/work.ts';
import { isNumber, type PrintedLine, printedLineAt, wordText } from '../../printedLines.ts';
import type { PrintedTable } from '../printedTable.ts';
import { type CellSpan, LONGEST_LINE, spacedCells } from '../tableLines.ts';
import { TableRows } from '../tableRows.ts';

const UNDERSCORE = 0x5f;

/**
 * A table as MATLAB shows it: the names of its variables on the line that starts at `start`, a line of underscores below each, and its
 * rows. A variable with several columns has them all above the same line: they're numbered. Undefined if it's none.
 */
export function* readMatlabTable(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  const header = printedLineAt(bytes, start, limit);
  const below = printedLineAt(bytes, header.next, limit);
  if (header.end - header.start > LONGEST_LINE || !isUnderlined(bytes, below)) return undefined;
  const variables = spacedCells(bytes, header).map((cell) => wordText(bytes, cell));
  const lines = spacedCells(bytes, below);
  // Rows that have names have them before the first line.
  if (variables.length !== lines.length || variables.length === 0) return undefined;
  let line = printedLineAt(bytes, below.next, limit);
  const rows = new TableRows(() => Math.max(0.01, (line.start - start) / (limit - start)));
  const edges = lines.map((cell) => ({ start: cell.start - below.start, end: cell.end - below.start }));
  let counts: readonly number[] | undefined;
  let hasNumbers = false;
  let end = below.end;
  let nextYield = start;
  for (; line.start < limit; line = printedLineAt(bytes, line.next, limit)) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const cells = line.end - line.start > LONGEST_LINE ? [] : spacedCells(bytes, line);
    if (cells.length === 0 && rows.count === 0 && line.end - line.start <= LONGEST_LINE) continue;
    // Where the next one begins, this one is over: else texts under underlined texts would be read to the end again and again.
    const own = isUnderlined(bytes, line) ? undefined : countsOf(cells, line, edges);
    if (!own || (counts && own.join() !== counts.join())) break;
    counts = own;
    hasNumbers ||= cells.some((cell) => isNumber(wordText(bytes, cell)));
    rows.add(
      line,
      cells.map((cell) => withoutBraces(bytes, cell)),
    );
    end = line.end;
  }
  // Headings of texts are underlined, too.
  if (!counts || !hasNumbers) return undefined;
  return {
    names: namesOf(variables, counts),
    ...rows.places(),
    dots: undefined,
    printer: 'matlab',
    start,
    end,
  };
}

/** A text in a cell array, `{'cat'}`, without what is around it. */
function withoutBraces(bytes: Uint8Array, { start, end }: CellSpan): CellSpan {
  const isText = end - start > 4 && bytes[start] === 0x7b && bytes[start + 1] === 0x27;
  return isText && bytes[end - 1] === 0x7d && bytes[end - 2] === 0x27
    ? { start: start + 2, end: end - 2 }
    : { start, end };
}

function isUnderlined(bytes: Uint8Array, { start, end }: PrintedLine): boolean {
  let count = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === UNDERSCORE) count++;
    else if (bytes[i]! > 0x20) return false;
  }
  return count > 2;
}

/** How many cells of a row, and of a name before them, are at each line; undefined if one of the variables has none. */
function countsOf(
  cells: readonly CellSpan[],
  { start }: PrintedLine,
  edges: readonly CellSpan[],
): readonly number[] | undefined {
  const counts = [0, ...edges.map(() => 0)];
  for (const cell of cells) {
    const middle = (cell.start + cell.end) / 2 - start;
    const gaps = edges.map((edge) => Math.max(edge.start - middle, middle - edge.end, 0));
    const nearest = gaps.indexOf(Math.min(...gaps));
    const isName = nearest === 0 && middle < edges[0]!.start && counts[0] === 0 && counts[1] === 0;
    counts[isName ? 0 : nearest + 1]!++;
  }
  return counts.slice(1).every((count) => count > 0) ? counts : undefined;
}

function namesOf(variables: readonly string[], counts: readonly number[]): readonly string[] {
  const names = variables.flatMap((name, i) => {
    const count = counts[i + 1]!;
    return count === 1 ? [name] : Array.from({ length: count }, (_, k) => `${name}_${k + 1}`);
  });
  return counts[0] === 0 ? names : ['', ...names];
}
