import type { PrintedLine } from '../printedLines.ts';

/** A part of a line, as byte offsets. */
export interface CellSpan {
  readonly start: number;
  readonly end: number;
}

const BAR = 0x7c;
const SPACE = 0x20;
/** Lines that are longer are no lines of a table. */
export const LONGEST_LINE = 1 << 16;
/** - = + : | and white space: with lines drawn in Unicode all there is in a rule. */
const IN_RULE: ReadonlySet<number> = new Set([0x2d, 0x3d, 0x2b, 0x3a, BAR, SPACE, 0x09]);

/** What a line is in a table. */
export type LineKind = 'rule' | 'bars' | 'other';

/** The length in bytes of the vertical line at `offset`: "|", "│", "┃", "┆" …; 0 if there's none. */
export function barAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset];
  if (byte === BAR) return 1;
  if (byte !== 0xe2) return 0;
  const [second, third] = [bytes[offset + 1], bytes[offset + 2]!];
  const isLight = second === 0x94 && [0x82, 0x83, 0x86, 0x87, 0x8a, 0x8b].includes(third);
  const isOther = second === 0x95 && [0x8e, 0x8f, 0x91].includes(third);
  return isLight || isOther ? 3 : 0;
}

/** True for a character of U+2500 to U+257F, with which lines are drawn. */
function isDrawn(bytes: Uint8Array, offset: number): boolean {
  return bytes[offset] === 0xe2 && (bytes[offset + 1] === 0x94 || bytes[offset + 1] === 0x95);
}

/** A line drawn across: two dashes or more, and nothing that isn't a line or a corner. */
export function isRule(bytes: Uint8Array, { start, end }: PrintedLine): boolean {
  if (end - start > LONGEST_LINE || end - start < 3) return false;
  let dashes = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (isDrawn(bytes, i)) {
      if (barAt(bytes, i) === 0) dashes++;
      i += 2;
    } else if (!IN_RULE.has(byte)) return false;
    else if (byte === 0x2d || byte === 0x3d) dashes++;
  }
  return dashes >= 2;
}

/** The cells between the bars of a line; those outside of the first and the last bar only where something stands there. Undefined without a bar. */
export function cellsOf(bytes: Uint8Array, { start, end }: PrintedLine): readonly CellSpan[] | undefined {
  if (end - start > LONGEST_LINE) return undefined;
  const cells: CellSpan[] = [];
  let from = start;
  for (let i = start; i < end; i++) {
    const length = barAt(bytes, i);
    if (length === 0) continue;
    cells.push(trimmed(bytes, from, i));
    from = i + length;
    i = from - 1;
  }
  if (cells.length === 0) return undefined;
  cells.push(trimmed(bytes, from, end));
  const first = isEmpty(cells[0]!) ? 1 : 0;
  const last = first === 1 && isEmpty(cells.at(-1)!) ? cells.length - 1 : cells.length;
  return cells.slice(first, last);
}

/** True for a cell with nothing in it. */
export function isEmpty({ start, end }: CellSpan): boolean {
  return start === end;
}

/** Without the white space around it. */
export function trimmed(bytes: Uint8Array, from: number, to: number): CellSpan {
  let [start, end] = [from, to];
  while (start < end && bytes[start]! <= SPACE) start++;
  while (end > start && bytes[end - 1]! <= SPACE) end--;
  return { start, end };
}

/** Parts of a line that two spaces or more are between. */
export function spacedCells(bytes: Uint8Array, { start, end }: PrintedLine): readonly CellSpan[] {
  const cells: CellSpan[] = [];
  let from = -1;
  let to = -1;
  for (let i = start; i < end; i++) {
    if (bytes[i]! <= SPACE) continue;
    if (from !== -1 && i - to >= 2) {
      cells.push({ start: from, end: to });
      from = -1;
    }
    if (from === -1) from = i;
    to = i + 1;
  }
  if (from !== -1) cells.push({ start: from, end: to });
  return cells;
}

/** Types as databases and frames write them below the names of their columns. */
const TYPE =
  /^<?(?:[iu](?:8|16|32|64|128)|u?int(?:eger|8|16|32|64)?|f(?:16|32|64)|float(?:32|64)?|double|dbl|real|numeric|decimal|bigint|smallint|hugeint|str|string|text|varchar|chr|char|bool|boolean|lgl|cat|fct|ord|dttm|enum|date|time|null|binary|blob|object)>?$/;
const COMPOUND = /^(?:list|array|struct|datetime|duration|decimal|enum)\[/;

/** True for the name of a type: "f64", "varchar", "list[f64]", "<dbl>". */
export function isTypeName(text: string): boolean {
  return text.length <= 40 && (TYPE.test(text) || COMPOUND.test(text));
}
