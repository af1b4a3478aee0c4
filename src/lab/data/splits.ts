import { SeededNumbers } from '../random/seededNumbers.ts';
import {
  type LabelledRows,
  pickedRows,
  type SplitRows,
  type TrainingRows,
} from '../training/labelledRows.ts';
import type { DataSet, FeatureScale } from './dataSet.ts';

/** How many rows are trained on and chosen by. All others are judged on, unless `test` says how many. */
export interface SplitSizes {
  readonly train: number;
  readonly validation: number;
  readonly test?: number;
}

/**
 * The rows of a seed, each in one part only. With `fixedTest` the rows that are judged on are the same for every seed, so that what is
 * chosen by the validation rows of all seeds together is still judged on others. Null if there aren't enough rows for a part.
 */
export function splitSet(set: DataSet, seed: number, sizes: SplitSizes, fixedTest = false): SplitRows | null {
  const count = set.rows.labels.length;
  const pool = sizes.train + sizes.validation;
  const test = sizes.test ?? count - pool;
  if (sizes.train < 1 || sizes.validation < 1 || test < 1 || pool + test > count) return null;
  const order = fixedTest
    ? poolOrder(count, test, seed)
    : new SeededNumbers(seed, 'split').permutation(count);
  const part = (from: number, to: number) => pickedRows(set.rows, set.inputs, order.subarray(from, to));
  const train = part(0, sizes.train);
  const scaled = scalerOf(set.scale, train, set.inputs);
  const mistaken = (rows: LabelledRows, stream: string): TrainingRows =>
    set.wrongLabels > 0 ? withWrongLabels(rows, set, seed, stream) : rows;
  return {
    train: scaled(mistaken(train, 'wrong')),
    // Who has wrong labels has them in what they choose by, too.
    validation: scaled(mistaken(part(sizes.train, pool), 'wrong validation')),
    test: scaled(part(count - test, count)),
  };
}

/** The last `test` rows are the same for every seed, the others shuffled by it. */
function poolOrder(count: number, test: number, seed: number): Int32Array {
  const all = new SeededNumbers(0, 'held out').permutation(count);
  const mixed = new SeededNumbers(seed, 'split').permutation(count - test);
  return all.map((row, i) => (i < mixed.length ? all[mixed[i]!]! : row));
}

/** Each label is replaced with this probability by a class drawn from all K. */
function withWrongLabels(rows: LabelledRows, set: DataSet, seed: number, stream: string): TrainingRows {
  const numbers = new SeededNumbers(seed, stream);
  const labels = rows.labels.map((label) => {
    const isReplaced = numbers.uniform() < set.wrongLabels;
    const other = numbers.below(set.classes);
    return isReplaced ? other : label;
  });
  return { ...rows, labels, clean: rows.labels };
}

/** Brings features to one size by the training rows alone: (x − mean)/deviation, or 0 for a column that never changes there. */
function scalerOf(scale: FeatureScale, train: LabelledRows, inputs: number) {
  const means = new Float64Array(inputs);
  const factors = new Float64Array(inputs).fill(scale === 'sixteenths' ? 1 / 16 : 1);
  if (scale === 'standard') standardize(train, inputs, means, factors);
  return <T extends LabelledRows>(rows: T): T => {
    const features = new Float32Array(rows.features.length);
    for (let row = 0; row < features.length; row += inputs)
      for (let i = 0; i < inputs; i++)
        features[row + i] = (rows.features[row + i]! - means[i]!) * factors[i]!;
    return { ...rows, features };
  };
}

function standardize(
  { features, labels }: LabelledRows,
  inputs: number,
  means: Float64Array,
  factors: Float64Array,
): void {
  const rows = labels.length;
  for (let row = 0; row < features.length; row += inputs)
    for (let i = 0; i < inputs; i++) means[i]! += features[row + i]! / rows;
  const variances = new Float64Array(inputs);
  const changes = new Uint8Array(inputs);
  for (let row = 0; row < features.length; row += inputs)
    for (let i = 0; i < inputs; i++) {
      const x = features[row + i]!;
      variances[i]! += (x - means[i]!) ** 2 / rows;
      if (x !== features[i]) changes[i] = 1;
    }
  // Of a column that never changes rounding leaves a deviation, which would be blown up.
  for (let i = 0; i < inputs; i++) factors[i] = changes[i] ? 1 / Math.sqrt(variances[i]!) : 0;
}
