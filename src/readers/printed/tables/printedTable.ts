import type { Printer } from '../../readProblem.ts';

/** A table as it was found. Offsets are bytes. */
export interface PrintedTable {
  /** (columns) what each is called. */
  readonly names: readonly string[];
  /** `names` only number the columns: there is no line of names. */
  readonly isNameless?: boolean;
  /** [start, end) of each cell, row by row. */
  readonly cells: Float64Array;
  /** [start, end) of each row. */
  readonly rows: Float64Array;
  /** Where "..." stands for the rest. */
  readonly dots: number | undefined;
  readonly printer: Printer;
  /** Numbers have commas for points. */
  readonly hasDecimalCommas?: boolean;
  /** A number with one, where nothing makes that sure. */
  readonly comma?: string;
  /** Cells are HTML. */
  readonly isHtml?: boolean;
  readonly start: number;
  readonly end: number;
}
