import type { Work } from '../../loss/work.ts';
import type { PlacedProblem } from '../../protocol/engineChannel.ts';
import type { LogitsBatch } from '../../readers/logitsBatch.ts';
import { type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/readProblem.ts';
import type { AllocateLogits } from '../../readers/text/growable.ts';
import type { Compute } from '../measure/compute.ts';
import { LogitsMemory, memoryProblemOf } from './logitsMemory.ts';
import type { ReadBatch } from './origin.ts';
import type { PlacedText } from './placedText.ts';

/**
 * A batch from a text, in memory that the kernel's threads share; problems have their places, a lack of memory among them. `path` is that
 * of the file that has just these bytes.
 */
export function* placedBatch(
  text: PlacedText,
  compute: Compute,
  read: (allocate: AllocateLogits) => Work<Outcome<LogitsBatch, ReadProblem>>,
  path?: string,
): Work<Outcome<ReadBatch, PlacedProblem>> {
  const memory = new LogitsMemory(compute);
  let logits: Float32Array | undefined;
  try {
    const outcome = yield* read(memory.take);
    if (!outcome.ok) return yield* text.failureAt(outcome.problem);
    const { values, exact, statistics, sums, inTable, ...batch } = outcome.value;
    const isThere = inTable !== undefined && path !== undefined;
    const place = isThere ? ({ inFile: { path, format: 'table', place: inTable } } as const) : {};
    yield* text.prepare(batch.end);
    if (exact) return success({ batch, source: { values: exact }, ...place });
    logits = values;
    if (sums) return success({ batch, source: { sums, sample: values } });
    return success({ batch, source: statistics ? { statistics } : { values }, ...place });
  } catch (error) {
    const problem = memoryProblemOf(error, text.bytes.length);
    if (!problem) throw error;
    return yield* text.failureAt(problem);
  } finally {
    memory.release(logits);
  }
}
