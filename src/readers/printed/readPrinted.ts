import type { Work } from '../../loss/work.ts';
import { batchOfDocument } from '../json/jsonBatch.ts';
import type { ReadOptions } from '../json/readJson.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import { allocateOwn } from '../text/growable.ts';
import type { PrintedTensor } from './printedTensor.ts';

/** The logits of a tensor that was found in a text: float32, exactly rounded from what was printed. */
export function* readPrinted(
  { read, name, isNamed, start, end, decimals, rounding }: PrintedTensor,
  { classAxis, room = allocateOwn }: Pick<ReadOptions, 'classAxis' | 'room'> = {},
): Work<Outcome<LogitsBatch, ReadProblem>> {
  if (!read.ok) return read;
  try {
    const batch = yield* batchOfDocument(read.value, classAxis, room);
    const values = room(batch.values.length);
    values.set(batch.values);
    const keys = { logits: isNamed ? name : null, targets: batch.keys.targets };
    return success({ ...batch, values, keys, start, end, decimals, rounding });
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}
