import type { Work } from '../../../../../loss/work.ts';
import type { Callable } from '../callable.ts';
import { comparedBatch, given, reducedRows } from '../rowsAgree.ts';
import { logProbabilitiesOf } from '../trial/random.ts';
import { batchOf, isEnding, type Runs } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';

const ROWS = 20;
const CLASSES = [2, 3, 5];

export interface AgainstTorch {
  readonly alpha: number;
  readonly equal: boolean;
  readonly rows: number;
  readonly classes: readonly number[];
  /** The largest difference, nats. */
  readonly largest: number;
}

/** Compares with `F.cross_entropy(label_smoothing=α)` of the same reduction, on random rows of several K. */
export function* againstTorch(
  runs: Runs,
  setup: Setup,
  found: Callable,
  alpha: number,
  without: readonly number[],
  only: readonly number[] | null,
): Work<AgainstTorch | null> {
  let [rows, largest] = [0, 0];
  const done: number[] = [];
  for (const classes of only ?? CLASSES) {
    const { logits, labels } = comparedBatch(ROWS, found.sets, classes, without);
    try {
      const values = given(runs.try({ ...setup, classes }, batchOf(logits, labels)).losses);
      yield 0;
      const expected = reducedRows(
        logits.map(([z = []], i) => smoothedLoss(z, labels[i]!, alpha)),
        found.reduction,
      );
      if (values?.length !== expected.length) return null;
      for (const [i, value] of values.entries()) largest = Math.max(largest, Math.abs(value - expected[i]!));
      rows += ROWS;
      done.push(classes);
    } catch (error) {
      if (!isEnding(error)) throw error;
    }
  }
  return rows === 0 ? null : { alpha, equal: largest < 1e-7, rows, classes: done, largest };
}

function smoothedLoss(z: readonly number[], label: number, alpha: number): number {
  const log = logProbabilitiesOf(z);
  return -(1 - alpha) * log[label]! - (alpha / z.length) * log.reduce((sum, x) => sum + x, 0);
}
