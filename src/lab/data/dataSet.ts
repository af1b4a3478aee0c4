import type { LabelledRows } from '../training/labelledRows.ts';

/** The data sets that are packaged. */
export type DataSetId = 'digits' | 'digits-20' | 'digits-40' | 'clouds' | 'wine' | 'iris' | 'breast';

/** How features are brought to one size: by what is known of them, or by the mean and deviation of the training rows alone. */
export type FeatureScale = 'none' | 'sixteenths' | 'standard';

/** Rows that experiments draw their splits from. */
export interface DataSet {
  readonly rows: LabelledRows;
  readonly inputs: number;
  /** K */
  readonly classes: number;
  /** The classes as the data set names them, in its language; null if it has numbers only. */
  readonly classNames: readonly string[] | null;
  readonly scale: FeatureScale;
  /** How many training labels in 100 are replaced by a class drawn from all K, 0…1. A replaced label may be the right one. */
  readonly wrongLabels: number;
}

/** A data set from its text: a line a row, class first, then the features by `featuresOf`. */
export function parsedSet(
  text: string,
  featuresOf: (line: string) => readonly number[],
  about: Pick<DataSet, 'classNames' | 'scale' | 'wrongLabels'>,
): DataSet {
  const lines = text.trim().split('\n');
  const rows = lines.map(featuresOf);
  const inputs = rows[0]!.length;
  const features = new Float32Array(rows.length * inputs);
  rows.forEach((row, i) => {
    features.set(row, i * inputs);
  });
  const labels = Int32Array.from(lines, (line) => Number.parseInt(line, 10));
  return { rows: { features, labels }, inputs, classes: 1 + Math.max(...labels), ...about };
}
