import { SLICE, type Work } from '../../../loss/work.ts';
import { isListCell, ListColumn } from '../../table/listColumn.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type ArrayContent, type Grid, type NamedArray, usualFacts } from '../namedArray.ts';

/** The columns of a table that have a list of numbers in each cell, as Spark shows vectors: (rows, classes) each. */
export interface ListedColumns {
  readonly arrays: readonly NamedArray[];
  /** The table without them. */
  readonly rest: Grid;
}

/** Undefined if there's no such column. */
export function* listedColumns(grid: Grid, path: readonly string[]): Work<ListedColumns | undefined> {
  const columns = Array.from({ length: grid.columns }, (_, column) => column);
  const listed = columns.filter((column) => grid.rows > 0 && isListCell(grid.text(0, column)));
  if (listed.length === 0) return undefined;
  const arrays: NamedArray[] = [];
  for (const column of listed) arrays.push(yield* listedArray(grid, column, path));
  const kept = columns.filter((column) => !listed.includes(column));
  return { arrays, rest: yield* withColumns(grid, kept) };
}

function* listedArray(grid: Grid, column: number, path: readonly string[]): Work<NamedArray> {
  const { rows, columns, cells, header, spans, start, end, printer } = grid;
  let row = 0;
  const list = new ListColumn(() => Math.max(0.01, row / rows));
  let content: ArrayContent | undefined;
  try {
    for (; row < rows; row++) {
      if (row % (SLICE / 64) === 0) yield row / rows;
      list.push(grid.text(row, column), cells[2 * (row * columns + column)] ?? start);
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    content = { kind: 'flawed', problem: error.problem };
  }
  const name = header?.[column]?.trim() ?? '';
  return {
    ...usualFacts(),
    name: name || `column ${column + 1}`,
    isNamed: name !== '',
    path,
    shape: [rows, list.size],
    type: 'float',
    content: content ?? { kind: 'numbers', values: list.values.toArray() },
    start,
    end,
    spans: spans.slice(),
    printer,
    isLiteral: false,
    decimals: list.decimals,
  };
}

function* withColumns(grid: Grid, kept: readonly number[]): Work<Grid> {
  const { header, rows, columns, cells } = grid;
  const places = new Float64Array(2 * rows * kept.length);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    if (row % (SLICE / 64) === 0) yield row / rows;
    for (const column of kept) {
      const from = 2 * (row * columns + column);
      places[at++] = cells[from]!;
      places[at++] = cells[from + 1]!;
    }
  }
  return {
    ...grid,
    header: header && kept.map((column) => header[column]!),
    columns: kept.length,
    text: (row, column) => grid.text(row, kept[column]!),
    cells: places,
  };
}
