import { type Floats, type Layout, layoutOf, rowOf } from '../loss/layout.ts';
import type { PassSpec, RowStats } from '../loss/rowStats.ts';
import { DEFAULT_SPEC } from '../loss/spec.ts';
import type { Targets } from '../loss/targets.ts';
import { portion, SLICE, type Work } from '../loss/work.ts';
import type { BatchSummary, View } from '../protocol/engine.ts';
import type { ValueKind } from '../readers/logitsBatch.ts';
import { type Compute, EXACT_LOGITS } from './measure/compute.ts';
import { openRowsFile } from './measure/rowsFile.node.ts';
import type { FileOfRows } from './measure/rowsFile.ts';
import type { ReadBatch } from './origins/origin.ts';

/** A batch as it's understood now, with what one pass over it gave. */
export interface HeldBatch {
  readonly read: ReadBatch;
  /** The logits: as they were read, or the logarithms of what was. */
  readonly source: { readonly values: Floats } | { readonly file: FileOfRows };
  readonly layout: Layout;
  readonly targets: Targets;
  readonly weight: Float64Array | null;
  readonly ignoreIndex: number;
  readonly summary: BatchSummary;
  readonly stats: RowStats;
}

/** Understands a batch as `view` says, and measures its rows. */
export function* holdWork(compute: Compute, read: ReadBatch, view: View): Work<HeldBatch> {
  const { batch } = read;
  const kind = view.kind ?? batch.kind;
  const source = yield* portion(logitsWork(compute, read.source, kind), 0, 0.3);
  const layout = layoutOf(batch.shape, batch.classAxis);
  const weight = batch.declared.weight;
  const ignoreIndex = batch.declared.ignoreIndex ?? DEFAULT_SPEC.ignoreIndex;
  const measureWork = (targets: Targets | null) => {
    const spec: PassSpec = { ...DEFAULT_SPEC, weight, ignoreIndex };
    return 'file' in source
      ? compute.measureFileWork(source.file, layout, targets, spec)
      : compute.measureWork({ values: source.values, layout }, targets, spec);
  };
  let stats = yield* portion(measureWork(batch.targets), 0.3, 0.9);
  if (!batch.targets && view.chosenTargets?.length) {
    const targets = chosen(stats, view.chosenTargets);
    compute.releaseStats(stats);
    stats = yield* portion(measureWork(targets), 0.9, 1);
  }
  const { shape, classAxis, classAxisFrom, classNames, keys, declared, decimals, rounding } = batch;
  const understood = { kind, looksLike: batch.kind, targetsFrom: batch.targets?.kind ?? 'argmax' } as const;
  return {
    read,
    source,
    layout,
    targets: batch.targets ?? { kind: 'indices', values: stats.target },
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
      rounding,
      ...understood,
    },
    stats,
  };
}

/** The logits of one row, (K), from memory or its file. */
export function rowLogits({ source, layout }: HeldBatch, row: number): Float64Array {
  if ('values' in source) return rowOf({ values: source.values, layout }, row);
  const file = openRowsFile(source.file, layout.classes);
  try {
    const values = new Float32Array(layout.classes);
    file.bring({ first: row, rows: 1 }, values);
    return Float64Array.from(values);
  } finally {
    file.close();
  }
}

/** Gives back the memory of a batch, but for what the one after it goes on with. */
export function releaseHeld(compute: Compute, { read, source, stats }: HeldBatch, next?: HeldBatch): void {
  compute.releaseStats(stats);
  const kept = [next?.read.source, next?.source].map((each) => each && 'values' in each && each.values);
  const arrays = [read.source, source].flatMap((each) => ('values' in each ? [each.values] : []));
  for (const array of new Set(arrays)) if (!kept.includes(array)) compute.release(array);
}

/** softmax(ln p) is p again, so probabilities become logits by their logarithm. */
function* logitsWork(
  compute: Compute,
  source: ReadBatch['source'],
  kind: ValueKind,
): Work<HeldBatch['source']> {
  if (kind !== 'probabilities') return source;
  if ('file' in source) return { file: { ...source.file, probabilities: true } };
  const { values } = source;
  const exact = values.length <= EXACT_LOGITS;
  const logarithms = exact ? new Float64Array(values.length) : compute.allocate(values.length);
  for (let i = 0; i < values.length; i++) {
    if (i % SLICE === 0) yield i / values.length;
    logarithms[i] = Math.log(values[i]!);
  }
  return { values: logarithms };
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
