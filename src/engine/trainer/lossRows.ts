import { smoothingOf } from '../../loss/conventions/smoothing.ts';
import type { LossSpec } from '../../loss/lossSpec.ts';
import { rowGradient } from '../../loss/rows/rowGradient.ts';
import { type Rows, rowOf } from '../../loss/rows/rowLayout.ts';
import { isIgnoredTarget, type MeasureWork, measureRowStats } from '../../loss/rows/rowStats.ts';
import { oneHot, type Targets } from '../../loss/rows/targets.ts';

/** What the op is computed by: rows of K logits, one after the other. */
export interface LossRows {
  readonly measure: MeasureWork;
  /** Writes d(upstream[i]·loss of row i)/d(logits) of every row to `into`: (rows, K). 0 where a row is ignored. */
  gradient(question: RowsGradient, into: Float32Array): void;
}

/** Targets fit the rows, and index targets are in 0…K−1 or the ignore index. */
export interface RowsGradient {
  readonly rows: Rows;
  readonly targets: Targets;
  readonly spec: LossSpec;
  /** (rows) */
  readonly upstream: Float32Array;
}

/** Row after row in float64: any loss, and wherever there is no WASM SIMD. */
export const EXACT_ROWS: LossRows = {
  measure: measureRowStats,
  gradient({ rows, targets, spec, upstream }, into) {
    const { rows: count, classes } = rows.layout;
    const smoothing = smoothingOf(spec, classes);
    for (let row = 0; row < count; row++) {
      const start = row * classes;
      const index = targets.kind === 'indices' ? targets.values[row]! : -1;
      if (isIgnoredTarget(index, targets.kind, spec)) {
        into.fill(0, start, start + classes);
        continue;
      }
      const label =
        targets.kind === 'soft' ? rowOf({ ...rows, values: targets.values }, row) : oneHot(classes, index);
      const gradient = rowGradient(rowOf(rows, row), label, smoothing, spec);
      for (let k = 0; k < classes; k++) into[start + k] = upstream[row]! * gradient[k]!;
    }
  },
};
