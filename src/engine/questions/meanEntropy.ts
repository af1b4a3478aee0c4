import { Sum } from '../../loss/rows/pairwiseSum.ts';
import { type Rows, rowOf } from '../../loss/rows/rowLayout.ts';
import { distilled } from '../../loss/rows/softTargets.ts';
import { entropy } from '../../loss/theory/floors.ts';
import type { Work } from '../../loss/work.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import { eachRow } from '../measure/eachRow.ts';

/** The mean entropy of softmax(z/T) over all rows: (1) nats. */
export function* meanEntropy({ source, layout }: MeasuredBatch, temperature: number): Work<Float64Array> {
  const sum = new Sum();
  yield* eachRow(source, layout, (rows: Rows, index) => {
    sum.add(entropy(distilled(rowOf(rows, index), temperature)));
  });
  return Float64Array.of(sum.value / layout.rows);
}
