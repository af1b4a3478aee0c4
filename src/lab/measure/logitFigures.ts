/** The class with the largest logit of each row: (rows). The first of several; −1 where a logit is NaN. */
export function predictions(logits: Float32Array, outputs: number): Int32Array {
  return Int32Array.from({ length: logits.length / outputs }, (_, row) => {
    const start = row * outputs;
    let best = 0;
    for (let k = 0; k < outputs; k++) {
      const z = logits[start + k]!;
      if (Number.isNaN(z)) return -1;
      if (z > logits[start + best]!) best = k;
    }
    return best;
  });
}

/** The share of rows whose prediction is their label, 0…1; NaN without rows. */
export function accuracyOf(logits: Float32Array, labels: Int32Array, outputs: number): number {
  let right = 0;
  predictions(logits, outputs).forEach((k, row) => {
    if (k === labels[row]) right++;
  });
  return right / labels.length;
}

/** The mean over the rows of z of the label − mean z of the other classes. */
export function gapOfLogits(logits: Float32Array, labels: Int32Array, outputs: number): number {
  let total = 0;
  labels.forEach((label, row) => {
    let others = 0;
    for (let k = 0; k < outputs; k++) if (k !== label) others += logits[row * outputs + k]!;
    total += logits[row * outputs + label]! - others / (outputs - 1);
  });
  return total / labels.length;
}
