import { SLICE, type Work } from '../../../loss/work.ts';
import type { TensorNode } from '../../json/jsonNodes.ts';
import { failure, success } from '../../outcome.ts';
import { Cursor, type Printing } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { type Growable, growableDoubles } from '../../text/growable.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import {
  isDots,
  isNumber,
  lineBefore,
  type PrintedLine,
  printedLineAt,
  wordsOf,
  wordText,
} from '../printedLines.ts';
import type { FoundTensor } from '../printedTensor.ts';

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
  const numbers = yield* numbersIn(bytes, values);
  if (!numbers || lines.length < 4) return undefined;
  const { digits, node } = numbers;
  const extent = { start: lines[0]!, end: footer.end };
  const labels = labelsOf(bytes, lines, values);
  return {
    kind: 'series',
    printer: 'pandas',
    isLiteral: false,
    shape: node.shape,
    type: type!,
    isWhole: digits.whole,
    decimals: digits.decimals,
    rounding: digits.rounding,
    ...extent,
    read:
      dots === undefined
        ? success({ ...node, ...extent, spans: Float64Array.of(extent.start, extent.end) })
        : failure({ reason: 'summarised', offset: dots, printer: 'pandas' }),
    ...(name !== undefined && { ownName: name }),
    ...(labels && { labels }),
  };
}

const PRINTING: Printing = { printer: 'pandas', commas: false, rounds: true };

/** The numbers at [start, end) pairs; undefined if one isn't. */
function* numbersIn(
  bytes: Uint8Array,
  places: Float64Array,
): Work<{ readonly digits: Digits; readonly node: TensorNode } | undefined> {
  const digits = new Digits();
  const cursor = new Cursor(bytes, 0, bytes.length, { printing: PRINTING });
  const count = places.length / 2;
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    if (row % SLICE === 0) yield row / count;
    cursor.offset = places[2 * row]!;
    const value = readNumber(cursor);
    if (value === undefined || cursor.offset !== places[2 * row + 1]) return undefined;
    digits.take(value, cursor.written);
    values[row] = value;
  }
  const { decimals } = digits;
  const spans = new Float64Array(0);
  return {
    digits,
    node: { type: 'tensor', values, shape: [count], decimals, spans, flaw: undefined, start: 0, end: 0 },
  };
}

/** More labels than that name no classes. */
const MOST_LABELS = 1 << 12;

/** What stands before the values; undefined if it only counts them. */
function labelsOf(
  bytes: Uint8Array,
  lines: Float64Array,
  values: Float64Array,
): readonly string[] | undefined {
  const count = lines.length / 2;
  if (count > MOST_LABELS) return undefined;
  const labels = Array.from({ length: count }, (_, i) =>
    wordText(bytes, { start: lines[2 * i]!, end: values[2 * i]! }).trim(),
  );
  return labels.every((label) => /^\d+$/.test(label)) ? undefined : labels;
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
