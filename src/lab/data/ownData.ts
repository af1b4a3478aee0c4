import { pickedRows } from '../training/labelledRows.ts';
import type { DataSet } from './dataSet.ts';

/** Features and labels that someone has brought. */
export interface OwnRows {
  /** (rows, columns) */
  readonly features: Float32Array;
  readonly columns: number;
  /** (rows) class indices: whole numbers from 0. */
  readonly labels: ArrayLike<number>;
  readonly classNames: readonly string[] | null;
  /** (rows) which rows of what was brought these are, ascending; null: all. */
  readonly sampled: Int32Array | null;
}

/** What keeps rows from being trained on. Rows and columns count from 0, as in what was brought. */
export type OwnDataProblem =
  | { readonly reason: 'infinite' | 'not-a-number'; readonly row: number; readonly column: number }
  | { readonly reason: 'label'; readonly row: number; readonly found: number }
  | { readonly reason: 'rows-differ'; readonly features: number; readonly labels: number }
  | { readonly reason: 'one-class' }
  | { readonly reason: 'too-few-rows'; readonly rows: number; readonly least: number };

/** Fewer rows than this can't be trained on, chosen by and judged on, each by enough of them to mean anything. */
export const FEWEST_ROWS = 40;

/** A label above this isn't a class index, but something else. */
const MOST_OWN_CLASSES = 1 << 16;

/** Someone's rows as a data set, without those in `leftOut`, or what is wrong with the first row that can't be used. */
export function ownDataSet(
  { features, columns, labels, classNames, sampled }: OwnRows,
  leftOut: ReadonlySet<number> = new Set(),
): DataSet | OwnDataProblem {
  const rows = labels.length;
  if (features.length !== rows * columns)
    return { reason: 'rows-differ', features: features.length / columns, labels: rows };
  const numberOf = (row: number) => sampled?.[row] ?? row;
  const kept = Int32Array.from({ length: rows }, (_, row) => row).filter(
    (row) => !leftOut.has(numberOf(row)),
  );
  if (kept.length < FEWEST_ROWS) return { reason: 'too-few-rows', rows: kept.length, least: FEWEST_ROWS };
  for (const row of kept) {
    const label = labels[row]!;
    if (!(Number.isInteger(label) && label >= 0 && label < MOST_OWN_CLASSES))
      return { reason: 'label', row: numberOf(row), found: label };
    for (let column = 0; column < columns; column++) {
      const value = features[row * columns + column]!;
      if (!Number.isFinite(value))
        return { reason: Number.isNaN(value) ? 'not-a-number' : 'infinite', row: numberOf(row), column };
    }
  }
  const of = Int32Array.from(kept, (row) => labels[row]!);
  const classes = 1 + of.reduce((most, label) => Math.max(most, label), 0);
  if (new Set(of).size < 2) return { reason: 'one-class' };
  return {
    rows:
      kept.length === rows
        ? { features, labels: of }
        : pickedRows({ features, labels: Int32Array.from(labels) }, columns, kept),
    inputs: columns,
    classes,
    classNames,
    scale: 'standard',
    wrongLabels: 0,
  };
}
