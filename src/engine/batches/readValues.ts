import { sampledRows } from '../../lab/data/sampledRows.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { PlacedProblem, ReadLogits, SampledRows } from '../../protocol/engineChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { Compute } from '../measure/compute.ts';
import { openRowsFile } from '../measure/rowsFile.node.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';
import { areLogitsElsewhere, type Origin, type ReadBatch } from '../origins/origin.ts';

/** Reads logits as opening them would, and gives their numbers to the caller instead of keeping them. */
export function* readValues(origin: Origin, compute: Compute): Work<Outcome<ReadLogits, PlacedProblem>> {
  return yield* withSource(origin, compute, function* ({ batch, source }) {
    const { shape, classAxis, classNames, keys, declared, kind, labelling, warnings, targets } = batch;
    const facts = { shape, classAxis, classNames, keys, declared, kind, labelling, warnings, targets };
    return { ...facts, values: yield* numbersOf(source, shape, null) };
  });
}

/** The same of rows: of more than `mostBytes` only those that are drawn are kept, while the source goes by. */
export function* readSample(
  origin: Origin,
  compute: Compute,
  mostBytes: number,
): Work<Outcome<SampledRows, PlacedProblem>> {
  return yield* withSource(origin, compute, function* ({ batch: { shape }, source }) {
    const columns = shape.at(-1)!;
    const rows = sampledRows(lengthOf(shape) / columns, columns, mostBytes);
    return { shape, rows, values: yield* numbersOf(source, shape, rows) };
  });
}

function* withSource<T>(
  origin: Origin,
  compute: Compute,
  work: (read: { readonly batch: ReadBatch['batch']; readonly source: LogitsSource }) => Work<T>,
): Work<Outcome<T, PlacedProblem>> {
  const read = yield* origin.read(undefined);
  if (!read.ok) return read;
  const { batch, source } = read.value;
  if (areLogitsElsewhere(source)) return failure({ reason: 'needs-logits', offset: 0, place: null });
  try {
    const value = yield* work({ batch, source });
    const problem = origin.check();
    return problem ? failure(problem) : success(value);
  } finally {
    if ('values' in source) compute.release(source.values);
  }
}

/** A copy, of all rows or of `chosen`, ascending: memory that threads share must not reach another process. */
function* numbersOf(
  source: LogitsSource,
  shape: readonly number[],
  chosen: Int32Array | null,
): Work<Float32Array> {
  if ('values' in source && !chosen) return Float32Array.from(source.values);
  const classes = shape.at(-1)!;
  const rows = lengthOf(shape) / classes;
  const values = new Float32Array((chosen?.length ?? rows) * classes);
  if ('values' in source) {
    chosen!.forEach((row, i) => {
      values.set(source.values.subarray(row * classes, (row + 1) * classes), i * classes);
    });
    return values;
  }
  const atOnce = Math.max(1, Math.floor(SLICE / classes));
  const block = chosen ? new Float32Array(atOnce * classes) : null;
  const file = openRowsFile({ ...source.file, probabilities: false, temperature: 1 });
  try {
    let taken = 0;
    for (let first = 0; first < rows; first += atOnce) {
      yield first / rows;
      const count = Math.min(atOnce, rows - first);
      if (!chosen) {
        file.bring({ first, rows: count }, values.subarray(first * classes, (first + count) * classes));
        continue;
      }
      if (!(chosen[taken]! < first + count)) continue;
      file.bring({ first, rows: count }, block!.subarray(0, count * classes));
      for (; chosen[taken]! < first + count; taken++) {
        const row = chosen[taken]! - first;
        values.set(block!.subarray(row * classes, (row + 1) * classes), taken * classes);
      }
    }
    return values;
  } finally {
    file.close();
  }
}
