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

/** What goes out of the panel, complete. */
export type Exported = string | Uint8Array<ArrayBuffer>;

export type Destination = 'clipboard' | 'file';

/** What an export of a batch is made of besides the batch. */
export interface ExportSpec {
  readonly loss: PanelSpec;
  /** What it's of, by name. */
  readonly source: string;
  /** A file takes more than a clipboard. */
  readonly to: Destination;
}

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
