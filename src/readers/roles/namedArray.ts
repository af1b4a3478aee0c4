import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { Work } from '../../loss/work.ts';
import type { NumberType } from '../arrays/numberType.ts';
import type { Outcome } from '../outcome.ts';
import type { Printer, ReadProblem } from '../readProblem.ts';

/**
 * One of the arrays that a source holds, whatever it is written in: a printed tensor, a member of a JSON document, a column of a table
 * or several that belong together, an array of a file. A single number or text has shape []. What it is for is another question, which
 * `chooseScores.ts` and `chooseTargets.ts` answer.
 */
export interface NamedArray {
  /** As the source has it, and whole: "true class labels". No two of a source have the same. */
  readonly name: string;
  /** False if the source gives it no name, and `name` was made up: "tensor 2". */
  readonly isNamed: boolean;
  /** The keys it is below, outermost first; [] if there are none. Arrays with the same path belong together. */
  readonly path: readonly string[];
  readonly shape: readonly number[];
  /** What its numbers are stored as, in the source's words: "float32"; "int", "float" or "bool" if only that is known; "text"; null if nothing is. */
  readonly type: string | null;
  readonly content: ArrayContent;
  /** Byte offsets [start, end) of all of it; 0, 0 where the source isn't text. */
  readonly start: number;
  readonly end: number;
  /** [start, end) of each innermost list, row, record, or text; empty if it isn't text. */
  readonly spans: Float64Array;
  /** What printed it; null if it was written as it is. */
  readonly printer: Printer | null;
  /** A list in code, or in JSON: nothing was rounded. */
  readonly isLiteral: boolean;
  /** The most decimals any number was written with. */
  readonly decimals: number;
  /** How far any number may be from the one that was printed. */
  readonly rounding: number;
  /** (last axis) what its columns or members are called, if they have names: usually classes; null if they have none, or only numbers. */
  readonly names: readonly string[] | null;
  /** One entry for each row of a table, or each record: never the logits of a single row. */
  readonly isColumn: boolean;
  /** Columns that were put together though no word of their names says that they're scores. */
  readonly isGathered: boolean;
  /** What class indices count from: R's and Julia's first is 1. */
  readonly firstIndex: 0 | 1;
  /** The classes are on axis 0, as Julia has them: samples are columns. */
  readonly classesFirst: boolean;
  /** A number with a comma that was read as a point, though nothing makes that sure. */
  readonly comma?: string;
  /** A parameter of a model, or a part of an object: never logits, and there may be thousands. */
  readonly isParameter?: boolean;
  /** How Python gets at it in what it loads of the file, `["val"]["logits"]`; null where subscripts alone don't, undefined outside pickles. */
  readonly subscripts?: Subscripts | null;
  /** The first of its values, as they're shown, where those can be had without the others. */
  readonly peek?: () => Work<readonly string[]>;
}

/** Keys of dictionaries and places in lists, outermost first. */
export type Subscripts = readonly (string | number)[];

/** What is so of most arrays, whatever they're written in: spread it, and add what is special. A literal, with nothing known of places. */
export function usualFacts() {
  return {
    // Its own: it may be handed over to another thread.
    spans: new Float64Array(0),
    printer: null,
    isLiteral: true,
    decimals: 0,
    rounding: 0,
    names: null,
    isColumn: false,
    isGathered: false,
    firstIndex: 0,
    classesFirst: false,
  } as const satisfies Partial<NamedArray>;
}

/** Reads the numbers of an array, in C order, into room that it's given. */
export type LoadNumbers = <T extends Floats>(
  allocate: (length: number) => T,
) => Work<Outcome<T, ReadProblem>>;

/** Numbers as a file has them: the first one at `offset`, in bytes. */
export interface StoredRows {
  readonly offset: number;
  readonly type: NumberType;
  /** Compares the checksum that the file has of them, which reading all of them does by itself. */
  readonly check?: () => Work<Outcome<undefined, ReadProblem>>;
}

/** C-contiguous values of the shape; or why they can't be had, which matters only if they're what we're after. */
export type ArrayContent =
  | { readonly kind: 'numbers'; readonly values: Float32Array | Float64Array }
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  /** Still in a file: `load` reads all of it. `rows`: where in the file they are, if they're one after the other there. */
  | { readonly kind: 'stored'; readonly load: LoadNumbers; readonly rows?: StoredRows }
  | { readonly kind: 'flawed'; readonly problem: ReadProblem };

/** Types of numbers that float32 holds to the last digit. */
const NARROW: ReadonlySet<NumberType['name']> = new Set(['float32', 'float16', 'bfloat16']);

/** True for stored numbers that are the same in float32 and in float64. */
export function isNarrowInFile(content: ArrayContent): boolean {
  return content.kind === 'stored' && content.rows !== undefined && NARROW.has(content.rows.type.name);
}

/** A table before it's known what its columns are: rows of cells with text. Made from CSV, frames, markdown, databases, records. */
export interface Grid {
  /** (columns) names; null if there is no line of names. An index column that has none is called "". */
  readonly header: readonly string[] | null;
  /** How many cells each row has. */
  readonly columns: number;
  readonly rows: number;
  /** The text of a cell, without what is around it. From 0. */
  readonly text: (row: number, column: number) => string;
  /** [start, end) of each cell, row by row. */
  readonly cells: Float64Array;
  /** [start, end) of each row. */
  readonly spans: Float64Array;
  /** Where "..." stands for rows or columns that weren't printed; undefined if all are there. */
  readonly dots: number | undefined;
  readonly printer: Printer | null;
  /** See `NamedArray`. */
  readonly comma?: string;
  /** Byte offsets of all of it, with its header and borders. */
  readonly start: number;
  readonly end: number;
}
