import { type Rows, rowOf } from '../loss/layout.ts';
import { distilled } from '../loss/soft.ts';
import { Sum } from '../loss/sum.ts';
import { entropy } from '../loss/theory.ts';
import type { Work } from '../loss/work.ts';
import type { HeldBatch } from './heldBatch.ts';
import { eachRowWork } from './measure/eachRow.ts';

/** The mean entropy of softmax(z/T) over all rows: (1) nats. */
export function* meanEntropyWork({ source, layout }: HeldBatch, temperature: number): Work<Float64Array> {
  const sum = new Sum();
  yield* eachRowWork(source, layout, (rows: Rows, at) => {
    sum.add(entropy(distilled(rowOf(rows, at), temperature)));
  });
  return Float64Array.of(sum.value / layout.rows);
}
