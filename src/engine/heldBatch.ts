import { layoutOf, type Rows } from '../loss/layout.ts';
import type { RowStats } from '../loss/rowStats.ts';
import { DEFAULT_SPEC } from '../loss/spec.ts';
import type { Targets } from '../loss/targets.ts';
import { finish, portion, SLICE, type Work } from '../loss/work.ts';
import type { BatchSummary, TargetsFrom, View } from '../protocol/engine.ts';
import type { LogitsBatch } from '../readers/logitsBatch.ts';
import type { Compute } from './measure/compute.ts';

/** A batch as it's understood now, with what one pass over it gave. */
export interface HeldBatch {
  readonly batch: LogitsBatch;
  readonly rows: Rows;
  readonly targets: Targets;
  readonly weight: Float64Array | null;
  readonly ignoreIndex: number;
  readonly summary: BatchSummary;
  readonly stats: RowStats;
}

/** Understands a batch as `view` says, and measures its rows. */
export function* holdWork(compute: Compute, batch: LogitsBatch, view: View): Work<HeldBatch> {
  const kind = view.kind ?? batch.kind;
  const values =
    kind === 'probabilities' ? yield* portion(logarithmsWork(batch.values), 0, 0.3) : batch.values;
  const rows: Rows = { values, layout: layoutOf(batch.shape, batch.classAxis) };
  const weight = batch.declared.weight;
  const ignoreIndex = batch.declared.ignoreIndex ?? DEFAULT_SPEC.ignoreIndex;
  const spec = { ...DEFAULT_SPEC, weight, ignoreIndex };
  let stats = yield* portion(compute.measureWork(rows, batch.targets, spec), 0.3, 0.9);
  if (!batch.targets && view.chosenTargets?.length)
    stats = finish(compute.measureWork(rows, chosen(stats, view.chosenTargets), spec));
  const targets = batch.targets ?? { kind: 'indices', values: stats.target };
  const targetsFrom: TargetsFrom = batch.targets?.kind ?? 'argmax';
  const { shape, classAxis, classAxisFrom, classNames, keys, declared, decimals } = batch;
  return {
    batch,
    rows,
    targets,
    weight,
    ignoreIndex,
    summary: {
      shape,
      classAxis,
      classAxisFrom,
      classNames,
      keys,
      declared,
      decimals,
      kind,
      looksLike: batch.kind,
      targetsFrom,
    },
    stats,
  };
}

/** softmax(ln p) is p again, so probabilities become logits by their logarithm. */
function* logarithmsWork(values: Float32Array): Work<Float64Array> {
  const logarithms = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (i % SLICE === 0) yield i / values.length;
    logarithms[i] = Math.log(values[i]!);
  }
  return logarithms;
}

/** The predictions as targets, but for the rows for which another one was chosen. */
function chosen({ prediction, classes }: RowStats, targets: NonNullable<View['chosenTargets']>): Targets {
  const values = prediction.slice();
  for (const [row, target] of targets) {
    // What was chosen before an edit may be gone after it.
    if (row < values.length && target < classes) values[row] = target;
  }
  return { kind: 'indices', values };
}
