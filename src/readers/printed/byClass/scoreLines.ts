import { SLICE, type Work } from '../../../loss/work.ts';
import { nameBefore } from '../names/printedNames.ts';
import { lineBefore, type PrintedLine, printedLineAt, wordText } from '../printedLines.ts';
import type { PrintedTable } from '../tables/printedTable.ts';
import { isBeside, MOST_NAMED, type NamedCell, ScoresByClass } from './scoresByClass.ts';

const LONGEST_LINE = 160;
/** "- ant", "3. ant" */
const ITEM = /^(?:[-*]|\d{1,4}[.)]) +/;
/** What percent are drawn with. */
const BAR = /[\u2581-\u2593\u25a0]+/g;
/** "**ant**", "`ant`" */
const EMPHASIS = /^[*`]{1,3}|[*`]{1,3}$/g;
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?(?: ?%)?$/i;
const WORD = /^[\p{L}\p{N}_.-]+$/u;
const [OPEN_LIST, OPEN_MAP] = [0x5b, 0x7b];
/** Empty lines, or headings, between two rows. */
const MOST_BETWEEN = 3;

/**
 * Scores a line, as programs print them for people, from the line that starts at `start`: "ant: 62.00%", "class 0: 1.25",
 * "logits[0] = 1.25". Another block below with the same names is another row. Undefined where nothing says that they're scores of
 * classes: settings, metrics and logs are written so, too.
 */
export function* readScoreLines(
  bytes: Uint8Array,
  start: number,
  limit: number,
): Work<PrintedTable | undefined> {
  if (start >= limit || !cellIn(bytes, printedLineAt(bytes, start, limit))) return undefined;
  // Each block is looked at from its first line only.
  const above = lineBefore(bytes, start);
  if (above && cellIn(bytes, above)) return undefined;
  const rows = new ScoresByClass(bytes, nameBefore(bytes, start), false, () =>
    Math.max(0.01, (end - start) / (limit - start)),
  );
  let end = start;
  let line = printedLineAt(bytes, start, limit);
  let nextYield = start;
  while (line.start < limit) {
    if (line.start >= nextYield) {
      yield line.start / limit;
      nextYield = line.start + SLICE;
    }
    const block = blockAt(bytes, line, limit);
    if (block.cells.length === 0 || !rows.take({ start: line.start, end: block.end }, block.cells)) break;
    end = block.end;
    line = printedLineAt(bytes, block.next, limit);
    for (let i = 0; i < MOST_BETWEEN && line.start < limit && isBetween(bytes, line); i++)
      line = printedLineAt(bytes, line.next, limit);
  }
  return rows.toTable(start, end);
}

/** True for a name and percent on a line, by themselves: no table begins with that. */
export function isPercentLine(bytes: Uint8Array, start: number, limit: number): boolean {
  const cell = cellIn(bytes, printedLineAt(bytes, start, limit));
  return cell !== undefined && bytes[cell.value.end - 1] === 0x25;
}

interface Block {
  readonly cells: readonly NamedCell[];
  readonly end: number;
  readonly next: number;
}

/** The lines from this one on that have a name and a value each, up to the first with the name of the first again. */
function blockAt(bytes: Uint8Array, first: PrintedLine, limit: number): Block {
  const cells: NamedCell[] = [];
  let { start: end, start: next } = first;
  for (
    let line = first;
    line.start < limit && cells.length <= MOST_NAMED;
    line = printedLineAt(bytes, line.next, limit)
  ) {
    const cell = cellIn(bytes, line);
    if (!cell || cell.name === cells[0]?.name) break;
    cells.push(cell);
    ({ end, next } = line);
  }
  return { cells, end, next };
}

/** An empty line, or a heading: nothing that may be numbers by itself. */
function isBetween(bytes: Uint8Array, line: PrintedLine): boolean {
  const { start, end } = line;
  if (end - start > LONGEST_LINE || cellIn(bytes, line)) return false;
  return !bytes.subarray(start, end).some((byte) => byte === OPEN_LIST || byte === OPEN_MAP);
}

/** The name and the value of a line; undefined if it has something else. */
function cellIn(bytes: Uint8Array, { start, end }: PrintedLine): NamedCell | undefined {
  if (end - start > LONGEST_LINE || !bytes.subarray(start, end).some(isSign)) return undefined;
  const text = wordText(bytes, { start, end }).trimEnd();
  const signed = Math.max(text.lastIndexOf(':'), text.lastIndexOf('='), text.lastIndexOf('>'));
  // Percent may have nothing but a bar before them: "ant  ████ 62.0%".
  const sign = signed === -1 ? beforePercent(text) : signed;
  const value = text.slice(sign + 1).trimStart();
  const name = text
    .slice(0, Math.max(0, sign))
    .replace(BAR, '')
    .trim()
    .replace(ITEM, '')
    .replace(/ ?[-=]$/, '')
    .replace(EMPHASIS, '')
    .trimEnd();
  if (sign === -1 || !/^[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name)) return undefined;
  const isValue = NUMBER.test(value) || (isBeside(name) && WORD.test(value));
  // What follows the sign is ASCII, or a word to the end of the line.
  const to = end - (wordText(bytes, { start, end }).length - text.length);
  const from = to - new TextEncoder().encode(value).length;
  return isValue ? { name, value: { start: from, end: to } } : undefined;
}

/** The space before a percentage, if there are several, or a bar; −1 if there's none. */
function beforePercent(text: string): number {
  const space = text.endsWith('%') ? text.lastIndexOf(' ', text.length - 3) : -1;
  return space > 0 && /[ \u2581-\u2593\u25a0]/.test(text[space - 1]!) ? space : -1;
}

/** ":", "=", the end of an arrow, or a percent sign. */
function isSign(byte: number): boolean {
  return byte === 0x3a || byte === 0x3d || byte === 0x3e || byte === 0x25;
}
