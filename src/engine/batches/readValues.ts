import { lengthOf } from '../../loss/rows/shape.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { PlacedProblem, ReadLogits } from '../../protocol/engineChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { Compute } from '../measure/compute.ts';
import { openRowsFile } from '../measure/rowsFile.node.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';
import { areLogitsElsewhere, type Origin } from '../origins/origin.ts';

/** Reads logits as opening them would, and gives their numbers to the caller instead of keeping them. */
export function* readValues(origin: Origin, compute: Compute): Work<Outcome<ReadLogits, PlacedProblem>> {
  const read = yield* origin.read(undefined);
  if (!read.ok) return read;
  const { batch, source } = read.value;
  if (areLogitsElsewhere(source)) return failure({ reason: 'needs-logits', offset: 0, place: null });
  const { shape, classAxis, classNames, keys, declared, kind, labelling, warnings, targets } = batch;
  const facts = { shape, classAxis, classNames, keys, declared, kind, labelling, warnings, targets };
  try {
    const values = yield* numbersOf(source, shape);
    const problem = origin.check();
    return problem ? failure(problem) : success({ ...facts, values });
  } finally {
    if ('values' in source) compute.release(source.values);
  }
}

/** A copy: memory that threads share must not reach another process. */
function* numbersOf(source: LogitsSource, shape: readonly number[]): Work<Float32Array> {
  if ('values' in source) return Float32Array.from(source.values);
  const values = new Float32Array(lengthOf(shape));
  const classes = shape.at(-1)!;
  const rows = values.length / classes;
  const atOnce = Math.max(1, Math.floor(SLICE / classes));
  const file = openRowsFile({ ...source.file, probabilities: false, temperature: 1 });
  try {
    for (let first = 0; first < rows; first += atOnce) {
      yield first / rows;
      const count = Math.min(atOnce, rows - first);
      file.bring({ first, rows: count }, values.subarray(first * classes, (first + count) * classes));
    }
    return values;
  } finally {
    file.close();
  }
}
