import type { PanelSpec } from './panelSpec.ts';

/** A program that computes the loss shown, and fails if it gets another one. */
export const PROGRAMS = ['pytorch', 'numpy', 'keras', 'optax'] as const;
export type Program = (typeof PROGRAMS)[number];

/** The figures, and a table with a line for each row. */
export const TABLE_FORMATS = ['csv', 'json', 'markdown'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Arrays in NumPy's format: the smoothed targets, (N, K) float32, or the classes, (N) int64. */
export const ARRAYS = ['targets', 'classes'] as const;
type ArrayName = (typeof ARRAYS)[number];

export type ExportFormat = TableFormat | Program | ArrayName;

/** What goes out of the panel, complete; null: it's in the file that was named. */
export type Exported = string | Uint8Array<ArrayBuffer> | null;

export type Destination = 'clipboard' | 'file';

/** What an export of a batch is made of besides the batch. */
export interface ExportSpec {
  readonly loss: PanelSpec;
  /** What it's of, by name. */
  readonly source: string;
  /** A file takes more than a clipboard. */
  readonly to: Destination;
  /** The file to write tables and arrays to, where the engine can write files: there's no limit then. */
  readonly path?: string;
  /** Of a table all but its rows: what was set, and the figures; or the figures alone. */
  readonly withoutRows?: 'table' | 'figures';
}

/** Where, and how much of it. */
export type ExportWay = Pick<ExportSpec, 'path' | 'withoutRows'>;

/** Too many numbers for where they should go. */
export interface TooLarge {
  readonly count: number;
  readonly limit: number;
}

/** A table as it's shown: what isn't a number is a text. */
export interface ExportedTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export type Picture =
  | { readonly format: 'svg'; readonly content: string }
  | { readonly format: 'png'; readonly content: Uint8Array };
