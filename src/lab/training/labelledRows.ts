/** Rows of features with a class each. */
export interface LabelledRows {
  /** (rows, inputs) */
  readonly features: Float32Array;
  /** (rows), 0…K−1 */
  readonly labels: Int32Array;
}

/** Rows to train on. */
export interface TrainingRows extends LabelledRows {
  /** (rows) what they really are, where `labels` was made wrong in part. */
  readonly clean?: Int32Array;
  /** (rows, K) probabilities to train on instead of labels: those of a teacher. */
  readonly soft?: Float32Array;
}

/** The rows of one seed. No row is in two of them: what is chosen by the validation rows is judged on the test rows. */
export interface SplitRows {
  readonly train: TrainingRows;
  readonly validation: LabelledRows;
  readonly test: LabelledRows & {
    /** (rows, K) the probabilities that are right, where they're known. */
    readonly posterior?: Float32Array;
  };
}

/** Rows number `chosen` of all, in that order. */
export function pickedRows(
  { features, labels }: { readonly features: Float32Array; readonly labels: ArrayLike<number> },
  inputs: number,
  chosen: Int32Array,
): LabelledRows {
  const picked = new Float32Array(chosen.length * inputs);
  chosen.forEach((row, i) => {
    picked.set(features.subarray(row * inputs, (row + 1) * inputs), i * inputs);
  });
  return { features: picked, labels: Int32Array.from(chosen, (row) => labels[row]!) };
}
