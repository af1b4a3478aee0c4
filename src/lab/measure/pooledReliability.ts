import { ScoreSums } from '../../loss/calibration/calibrationScores.ts';
import { type Bin, binsOf, equalWidthEdges, rank } from '../../loss/calibration/reliabilityBins.ts';
import { rowsOfLogits } from './calibratedScores.ts';
import { predictions } from './logitFigures.ts';

/** A bin of the reliability figure is this much of the confidence. */
export const RELIABILITY_BINS = 10;

/** What one network says of its test rows: logits (rows, outputs), and what they really are. */
export interface JudgedLogits {
  readonly logits: Float32Array;
  readonly outputs: number;
  readonly labels: Int32Array;
  /** T that its logits are divided by. */
  readonly temperature: number;
}

/** How often the networks of several seeds are right against how confident they are, all of their test rows together. */
export function pooledReliability(networks: readonly JudgedLogits[]): Bin[] {
  const all = networks.reduce((sum, { labels }) => sum + labels.length, 0);
  const confidence = new Float64Array(all);
  const right = new Uint8Array(all);
  let from = 0;
  for (const { logits, outputs, labels, temperature } of networks) {
    const rows = rowsOfLogits(logits, outputs);
    const sums = new ScoreSums(labels.length, temperature);
    labels.forEach((label, row) => {
      sums.add(rows, row, label, row);
    });
    const predicted = predictions(logits, outputs);
    confidence.set(sums.confidence, from);
    labels.forEach((label, row) => {
      right[from + row] = predicted[row] === label ? 1 : 0;
    });
    from += labels.length;
  }
  return binsOf(
    rank(confidence, (row) => right[row] === 1),
    equalWidthEdges(RELIABILITY_BINS),
  );
}
