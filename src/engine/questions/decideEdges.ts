import type { Work } from '../../loss/work.ts';
import type { Compute } from '../measure/compute.ts';
import type { RowsToScore } from '../measure/scores/score.ts';
import { doubtfulRows } from './doubtfulRows.ts';

/**
 * Confidences of float32 `rests` (the others' e^z next to the largest), NaN where a row counts nothing. Rows so near to an edge of a
 * bin that float32 can't tell on which side get theirs in float64, whatever bins will be chosen. `confidence` is changed.
 */
export function* decideEdges(
  compute: Compute,
  rows: RowsToScore,
  beta: number,
  rests: Float32Array,
  confidence: Float64Array,
): Work<void> {
  const near = compute.withSortedRows(rests, (sorted) =>
    doubtfulRows(sorted, rests.length, rows.layout.classes),
  );
  yield* compute.confidencesOf(rows, beta, near, confidence);
}
