import { mostOf } from '../../loss/mostOf.ts';
import type { Work } from '../../loss/work.ts';
import type { ReadProblem } from '../readProblem.ts';
import { areWholeFloats, groupColumns } from './columns/columnGroups.ts';
import { type ColumnGroup, type GridColumn, gridColumns } from './columns/gridColumns.ts';
import { listedColumns } from './columns/listedGrid.ts';
import { targetGroup } from './columns/targetColumns.ts';
import type { ArrayContent, Grid, NamedArray } from './namedArray.ts';

/** An array of a table, and the columns that it's made of. */
export interface GridPart {
  readonly array: NamedArray;
  readonly columns: readonly number[];
}

/** Columns that become arrays between two yields. */
const COLUMNS = 1 << 11;

/** The arrays of a table: columns of scores together, and each of lists, as (rows, classes), each of the others as (rows). */
export function* gridArrays(grid: Grid, path: readonly string[] = []): Work<readonly NamedArray[]> {
  const listed = yield* listedColumns(grid, path);
  const parts = yield* gridParts(listed?.rest ?? grid, path);
  return [...(listed?.arrays ?? []), ...parts.map(({ array }) => array)];
}

/** The same, with the columns of each. */
export function* gridParts(grid: Grid, path: readonly string[] = []): Work<readonly GridPart[]> {
  const columns = yield* gridColumns(grid);
  const { groups, single } = yield* groupColumns(columns, grid.header !== null);
  const parts: GridPart[] = [];
  const targets = grid.header && groups.length > 0 ? targetGroup(groups[0]!, single) : undefined;
  for (const group of groups) {
    const own = yield* groupArray(grid, group, path);
    const array = grid.header && group.name === null ? { ...own, name: columnsName(group) } : own;
    parts.push({ array, columns: group.columns.map(({ index }) => index) });
  }
  if (targets) {
    const own = yield* groupArray(grid, targets, path);
    const type = targets.columns.every(({ values }) => values.every(Number.isInteger)) ? 'int' : own.type;
    const name = targets.name ?? columnsName(targets);
    parts.push({ array: { ...own, name, type }, columns: targets.columns.map(({ index }) => index) });
  }
  const rest = targets ? single.filter((column) => !targets.columns.includes(column)) : single;
  for (const [i, column] of rest.entries()) {
    if (i % COLUMNS === COLUMNS - 1) yield i / rest.length;
    parts.push({ array: columnArray(grid, column, path), columns: [column.index] });
  }
  return parts;
}

/** "a, b, c", or "a … e" of many: what a group without a word in common is offered as. */
function columnsName({ columns }: ColumnGroup): string {
  const names = columns.map(({ name }) => name);
  return names.length <= 4 ? names.join(', ') : `${names[0]} … ${names.at(-1)} (${names.length})`;
}

/** Of a table without all of its rows and columns none can be read. */
function summarised({ dots, printer }: Grid): ReadProblem | undefined {
  return dots === undefined
    ? undefined
    : { reason: 'summarised', offset: dots, printer: printer ?? 'pandas' };
}

function* groupArray(
  grid: Grid,
  { name, columns, classes }: ColumnGroup,
  path: readonly string[],
): Work<NamedArray> {
  const count = columns.length;
  const values = new Float64Array(grid.rows * count);
  for (const [k, column] of columns.entries()) {
    yield k / count;
    for (let row = 0; row < grid.rows; row++) values[row * count + k] = column.values[row]!;
  }
  const problem = summarised(grid) ?? columns.find(({ flaw }) => flaw)?.flaw;
  const isCounted = classes.every((each, k) => each === String(k));
  const digits = columns.map((column) => column.digits);
  return {
    ...common(grid, path),
    isColumn: false,
    isGathered: name === null && (grid.header === null || !isCounted),
    name: name ?? 'table',
    isNamed: name !== null,
    shape: [grid.rows, count],
    type: digits.every(({ whole }) => whole) ? 'int' : 'float',
    content: problem ? { kind: 'flawed', problem } : { kind: 'numbers', values },
    decimals: mostOf(digits, ({ decimals }) => decimals),
    rounding: grid.printer === null ? 0 : mostOf(digits, ({ rounding }) => rounding),
    names: grid.header === null || isCounted ? null : classes,
  };
}

function columnArray(grid: Grid, column: GridColumn, path: readonly string[]): NamedArray {
  const { index, name, values, isNumbers, digits, flaw } = column;
  const problem = summarised(grid) ?? (isNumbers ? flaw : undefined);
  const content: ArrayContent = problem
    ? { kind: 'flawed', problem }
    : isNumbers
      ? { kind: 'numbers', values }
      : { kind: 'texts', values: Array.from(values, (_, row) => grid.text(row, index)) };
  const isWhole = digits.whole || (grid.header === null && areWholeFloats(column));
  return {
    ...common(grid, path),
    isColumn: true,
    isGathered: false,
    name: name || `column ${index + 1}`,
    isNamed: grid.header !== null && name !== '',
    shape: [grid.rows],
    type: isNumbers ? (isWhole ? 'int' : 'float') : 'text',
    content,
    decimals: digits.decimals,
    rounding: grid.printer === null ? 0 : digits.rounding,
    names: null,
  };
}

function common({ start, end, spans, printer, comma }: Grid, path: readonly string[]) {
  const facts = { isLiteral: false, firstIndex: 0, classesFirst: false } as const;
  return { path, start, end, spans, printer, ...facts, ...(comma !== undefined && { comma }) };
}
