import type { Work } from '../../loss/work.ts';
import { isDots, isNumber, type Line, lineAt, lineBefore, textOf, wordsOf } from './lines.ts';
import type { Found } from './printedTensor.ts';
import { type Table, tableWork } from './table.ts';

/** The last line of a pandas Series. */
const FOOTER = /^(?:Name: (.+?), )?(?:Length: \d+, )?dtype: (\w+)$/;
const LONGEST_FOOTER = 200;

/**
 * A pandas Series as it is printed, by its last line, which starts at `start`: above it are labels and values, as far up as
 * `from` at most.
 */
export function* seriesWork(
  bytes: Uint8Array,
  start: number,
  limit: number,
  from: number,
): Work<Found | undefined> {
  const footer = lineAt(bytes, start, limit);
  if (footer.end - footer.start > LONGEST_FOOTER) return undefined;
  const match = FOOTER.exec(textOf(bytes, footer));
  if (!match) return undefined;
  const [, name, type] = match;
  const { lines, dots } = linesAbove(bytes, start, from);
  const first = lines.at(-1);
  if (!first) return undefined;
  const words = lines.reverse().map((line) => ({ line, words: wordsOf(bytes, line) }));
  const table: Table = {
    names: [name ?? 'values'],
    cells: Float64Array.from(words.flatMap((each) => [each.words.at(-1)!.start, each.words.at(-1)!.end])),
    rows: Float64Array.from(words.flatMap(({ line }) => [line.start, line.end])),
    dots,
    start: first.start,
    end: footer.end,
  };
  const found = yield* tableWork(bytes, table);
  if (!found) return undefined;
  const { ownName: _, ...rest } = found;
  return { ...rest, kind: 'series', type: type!, ...(name !== undefined && { ownName: name }) };
}

/** The lines of a series, from its last to its first. */
function linesAbove(
  bytes: Uint8Array,
  start: number,
  from: number,
): { lines: Line[]; dots: number | undefined } {
  const lines: Line[] = [];
  let dots: number | undefined;
  let column: number | undefined;
  for (
    let line = lineBefore(bytes, start);
    line && line.start >= from;
    line = lineBefore(bytes, line.start)
  ) {
    const words = wordsOf(bytes, line);
    const last = words.at(-1);
    if (!last) break;
    if (words.length === 1 && isDots(bytes, last)) {
      dots = last.start;
      continue;
    }
    column ??= last.column;
    if (words.length < 2 || last.column !== column || !isNumber(textOf(bytes, last))) break;
    lines.push(line);
  }
  return { lines, dots };
}
