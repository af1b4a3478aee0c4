import type { Floats } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { NumberName } from '../arrays/numberType.ts';
import type { ArrayEntry } from '../arrays/storedArray.ts';
import { failure, success } from '../outcome.ts';
import { type GridPart, gridParts } from '../roles/gridArrays.ts';
import type { ColumnFile, StoredColumn } from './columnFile.ts';

/** Rows that show what columns belong together: fewer of very many columns. */
const [MOST_ROWS, MOST_CELLS] = [64, 1 << 18];

/**
 * The arrays of a file of columns: lists of numbers as they are, columns of scores put together by their names and sums, as those of a
 * table in text are.
 */
export function* columnEntries(file: ColumnFile): Work<readonly ArrayEntry[]> {
  const { columns } = file;
  const names = uniqueNames(columns);
  const plain = columns.flatMap((column, i) => (isCell(column) ? [i] : []));
  const parts = yield* partsOf(file, plain, names);
  const entries = new Map<number, ArrayEntry>();
  for (const part of parts) {
    const own = part.columns.map((column) => plain[column]!);
    entries.set(own[0]!, entryOf(file, own, own.length > 1 ? part : undefined, names));
  }
  for (let i = 0; i < columns.length; i++)
    if (!isCell(columns[i]!)) entries.set(i, entryOf(file, [i], undefined, names));
  return [...entries].toSorted(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** One number or text in each row. */
function isCell({ shape, type, problem }: StoredColumn): boolean {
  return shape.length === 1 && type !== undefined && !problem;
}

function uniqueNames(columns: readonly StoredColumn[]): readonly string[] {
  const seen = new Set<string>();
  return columns.map(({ keys }) => {
    const name = keys.join('.');
    let own = name;
    for (let i = 2; seen.has(own); i++) own = `${name} (${i})`;
    seen.add(own);
    return own;
  });
}

function* partsOf(
  file: ColumnFile,
  plain: readonly number[],
  names: readonly string[],
): Work<readonly GridPart[]> {
  const most = Math.max(2, Math.floor(MOST_CELLS / Math.max(1, plain.length)));
  const rows = Math.min(file.rows, MOST_ROWS, most);
  const cells: (readonly string[])[] = [];
  for (const [i, column] of plain.entries()) {
    yield i / plain.length;
    const sample = yield* portion(file.sample(column, rows), i / plain.length, 1);
    // What can't be read says so when it's asked for.
    cells.push(sample.ok ? sample.value : []);
  }
  const none = new Float64Array(0);
  return yield* gridParts({
    header: plain.map((column) => names[column]!),
    columns: plain.length,
    rows,
    text: (row, column) => cells[column]![row] ?? '',
    cells: none,
    spans: none,
    dots: undefined,
    printer: null,
    start: 0,
    end: 0,
  });
}

/** How many cells show what is in a column. */
const SHOWN = 6;

/** The first cells of a column, or of the first row of several. */
function* firstCells(file: ColumnFile, own: readonly number[]): Work<readonly string[]> {
  const cells: string[] = [];
  for (const column of own.slice(0, SHOWN)) {
    const sample = yield* portion(file.sample(column, own.length === 1 ? SHOWN : 1), 0, 1);
    if (!sample.ok) return [];
    for (const cell of sample.value) cells.push(cell);
  }
  return cells;
}

function entryOf(
  file: ColumnFile,
  own: readonly number[],
  part: GridPart | undefined,
  names: readonly string[],
): ArrayEntry {
  const [first] = own;
  const { shape: rows, type, typeName, problem } = file.columns[first!]!;
  const shape = part ? [...rows, own.length] : rows;
  const name = part ? part.array.name : names[first!]!;
  const column = {
    names: part?.array.names ?? null,
    isColumn: shape.length === 1,
    isNamed: part ? part.array.isNamed : true,
    ...(own.every((each) => isCell(file.columns[each]!)) && { first: () => firstCells(file, own) }),
  };
  const texts = type === 'text' && { texts: () => file.texts(first!) };
  const facts = { name, shape, typeName, column, ...texts };
  if (problem) return { ...facts, content: failure(problem) };
  if (type === undefined || type === 'text') {
    return {
      ...facts,
      content: failure({ reason: 'array-type', offset: 0, kind: 'other', found: typeName }),
    };
  }
  const bytes = own.reduce((sum, each) => sum + file.columns[each]!.bytes, 0);
  const fill = <T extends Floats>(allocate: (length: number) => T) =>
    file.fill(own, () => allocate(lengthOf(shape)));
  // Rounded as the least exact of them is.
  const types = own.map((each) => file.columns[each]!.type as NumberName);
  const common = types.every((each) => each === type) ? type : 'float64';
  const isMixed = common !== type && types.every((each) => /^(u?int|bool)/.test(each));
  const header = { shape, type: { name: isMixed ? 'int64' : common, little: true }, fortran: false } as const;
  return { ...facts, typeName: header.type.name, content: success({ ...header, stored: { fill, bytes } }) };
}
