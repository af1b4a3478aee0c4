import { SLICE, type Work } from '../../../loss/work.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { notNumber } from '../../table/decimalCommas.ts';
import { isLikeNumber, looseNumber } from '../../table/looseNumber.ts';
import { Digits } from '../../text/digits.ts';
import { meaningOf, type NameMeaning } from '../arrayNames.ts';
import type { Grid } from '../namedArray.ts';

/** A column of a grid, with its cells understood. */
export interface GridColumn {
  readonly index: number;
  readonly name: string;
  /** What the name says. */
  readonly meaning: NameMeaning;
  /** (rows) NaN where a cell isn't a number. Percent signs are left away. */
  readonly values: Float64Array;
  /** Most cells are numbers: one that isn't is a mistake, see `flaw`. */
  readonly isNumbers: boolean;
  readonly flaw: ReadProblem | undefined;
  /** All cells have a percent sign. */
  readonly isPercent: boolean;
  readonly digits: Digits;
}

/** Columns that belong together: the scores of a row's classes. */
export interface ColumnGroup {
  /** What they have in common: "prob". Null if nothing in their names. */
  readonly name: string | null;
  readonly columns: readonly GridColumn[];
  /** What is left of each name, (columns). */
  readonly classes: readonly string[];
}

/** A longer text isn't a number. */
const LONGEST_NUMBER = 40;

/** The columns of a grid. */
export function* gridColumns(grid: Grid): Work<readonly GridColumn[]> {
  const columns: GridColumn[] = [];
  const perYield = Math.max(1, Math.floor(SLICE / 64 / Math.max(1, grid.rows)));
  for (let index = 0; index < grid.columns; index++) {
    if (index % perYield === 0) yield index / grid.columns;
    columns.push(yield* columnOf(grid, index));
  }
  return columns;
}

function* columnOf(grid: Grid, index: number): Work<GridColumn> {
  const { rows, columns, cells } = grid;
  const name = gridColumnName(grid, index);
  const values = new Float64Array(rows).fill(Number.NaN);
  const digits = new Digits();
  let [numbers, percents, filled] = [0, 0, 0];
  let flaw: ReadProblem | undefined;
  let beginsWithNumber: boolean | undefined;
  for (let row = 0; row < rows; row++) {
    if (row % (SLICE / 16) === SLICE / 16 - 1) yield index / columns;
    const text = grid.text(row, index);
    const isEmpty = text === '';
    if (!isEmpty) {
      filled++;
      beginsWithNumber ??= isLikeNumber(text);
    }
    const written = isEmpty ? undefined : writtenNumber(text);
    if (!written) {
      const offset = cells[2 * (row * columns + index)] ?? grid.start;
      flaw ??= isEmpty ? { reason: 'empty-field', offset, column: name } : notNumber(offset, text);
      continue;
    }
    numbers++;
    if (written.isPercent) percents++;
    values[row] = written.value;
    digits.take(written.value, written);
  }
  // What isn't a number in a column of numbers, however those are written, is a mistake in it.
  const isNumbers = beginsWithNumber === true || 2 * numbers > filled;
  const isPercent = percents > 0 && percents === numbers;
  const meaning = meaningOf(name);
  return { index, name, meaning, values, isNumbers, flaw: isNumbers ? flaw : undefined, isPercent, digits };
}

/** What a column is called; by its number from 1 if there is no header, and "" if the header has nothing for it. */
function gridColumnName({ header }: Pick<Grid, 'header'>, index: number): string {
  return header ? (header[index] ?? '').trim() : `column ${index + 1}`;
}

interface WrittenCell {
  readonly value: number;
  readonly decimals: number;
  readonly point: boolean;
  readonly exponent: number | undefined;
  readonly isPercent: boolean;
}

/** A number as people write one in a table: "12.5 %", "−0.5", "1,234.5" isn't. */
function writtenNumber(text: string): WrittenCell | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  const isPercent = text.endsWith('%');
  const plain = (isPercent ? text.slice(0, -1).trimEnd() : text).replace(/^\u2212/, '-');
  const number = looseNumber(plain);
  if (!number) return undefined;
  const exponent = /e([+-]?\d+)$/i.exec(plain)?.[1];
  return {
    value: number.value,
    decimals: number.decimals,
    point: plain.includes('.') || !Number.isFinite(number.value),
    exponent: exponent === undefined ? undefined : Number(exponent),
    isPercent,
  };
}
