import { type Layout, layoutOf, rowOf } from '../loss/layout.ts';
import type { LossTotals } from '../loss/reduce.ts';
import type { PassSpec, RowStats } from '../loss/rowStats.ts';
import { DEFAULT_SPEC } from '../loss/spec.ts';
import type { Targets } from '../loss/targets.ts';
import { portion, SLICE, type Work } from '../loss/work.ts';
import type { BatchSummary, MeasuredWith, View } from '../protocol/engine.ts';
import type { ValueKind } from '../readers/logitsBatch.ts';
import { type Compute, EXACT_LOGITS } from './measure/compute.ts';
import { openRowsFile } from './measure/rowsFile.node.ts';
import type { LogitsSource } from './measure/rowsFile.ts';
import { measuredWithOf } from './measuredWith.ts';
import type { ReadBatch } from './origins/origin.ts';

/** A batch as it's understood now, with what one pass over it gave. */
export interface HeldBatch {
  readonly read: ReadBatch;
  readonly view: View;
  /** The logits: as they were read, or what was made of it. */
  readonly source: LogitsSource;
  readonly layout: Layout;
  readonly targets: Targets;
  readonly measuredWith: MeasuredWith;
  readonly summary: BatchSummary;
  readonly stats: RowStats;
}

/** Understands a batch as `view` says, and measures its rows. */
export function* holdWork(compute: Compute, read: ReadBatch, view: View): Work<HeldBatch> {
  const { batch } = read;
  const kind = view.kind ?? batch.kind;
  const measuredWith = measuredWithOf(batch, view);
  const source = yield* portion(logitsWork(compute, read.source, kind, measuredWith.temperature), 0, 0.3);
  const layout = layoutOf(batch.shape, batch.classAxis);
  const pass = { compute, source, layout, measuredWith };
  let stats: RowStats | undefined;
  try {
    stats = yield* portion(measureWork(pass, batch.targets), 0.3, 0.9);
    if (!batch.targets && view.chosenTargets?.length) {
      const targets = chosen(stats, view.chosenTargets);
      compute.releaseStats(stats);
      stats = undefined;
      stats = yield* portion(measureWork(pass, targets), 0.9, 1);
    }
  } finally {
    if (!stats && 'values' in source && source !== read.source) compute.release(source.values);
  }
  const { shape, classAxis, classAxisFrom, classNames, keys, declared, decimals, rounding } = batch;
  const understood = { kind, looksLike: batch.kind, targetsFrom: batch.targets?.kind ?? 'argmax' } as const;
  return {
    read,
    view,
    source,
    layout,
    targets: batch.targets ?? { kind: 'indices', values: stats.target },
    measuredWith,
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

/** The sums over a batch as they'd be with part of its view changed. */
export function* totalsWork(compute: Compute, held: HeldBatch, change: View): Work<LossTotals> {
  const { read, layout, targets } = held;
  const view = { ...held.view, ...change };
  const measuredWith = measuredWithOf(read.batch, view);
  const kind = view.kind ?? read.batch.kind;
  const source = yield* portion(logitsWork(compute, read.source, kind, measuredWith.temperature), 0, 0.3);
  try {
    const stats = yield* portion(measureWork({ compute, source, layout, measuredWith }, targets), 0.3, 1);
    const totals = compute.totals(stats);
    compute.releaseStats(stats);
    return totals;
  } finally {
    if ('values' in source && source !== read.source) compute.release(source.values);
  }
}

interface MeasurePass extends Pick<HeldBatch, 'source' | 'layout' | 'measuredWith'> {
  readonly compute: Compute;
}

function measureWork(
  { compute, source, layout, measuredWith }: MeasurePass,
  targets: Targets | null,
): Work<RowStats> {
  const spec: PassSpec = { ...DEFAULT_SPEC, ...measuredWith };
  return 'file' in source
    ? compute.measureFileWork(source.file, layout, targets, spec)
    : compute.measureWork({ values: source.values, layout }, targets, spec);
}

/** The logits of one row, (K), from memory or its file. */
export function rowLogits({ source, layout }: HeldBatch, row: number): Float64Array {
  if ('values' in source) return rowOf({ values: source.values, layout }, row);
  const file = openRowsFile(source.file);
  try {
    const values = new Float32Array(layout.classes);
    file.bring({ first: row, rows: 1 }, values);
    return Float64Array.from(values);
  } finally {
    file.close();
  }
}

/** softmax(ln p) is p again, so probabilities become logits by their logarithm. All are divided by the temperature. */
function* logitsWork(
  compute: Compute,
  source: LogitsSource,
  kind: ValueKind,
  temperature: number,
): Work<LogitsSource> {
  const probabilities = kind === 'probabilities';
  if (!probabilities && temperature === 1) return source;
  if ('file' in source) return { file: { ...source.file, probabilities, temperature } };
  const { values } = source;
  const exact = values.length <= EXACT_LOGITS;
  const logits = exact ? new Float64Array(values.length) : compute.allocate(values.length);
  let done = 0;
  try {
    for (; done < values.length; done++) {
      if (done % SLICE === 0) yield done / values.length;
      const value = values[done]!;
      logits[done] = (probabilities ? Math.log(value) : value) / temperature;
    }
    return { values: logits };
  } finally {
    if (done < values.length) compute.release(logits);
  }
}

/** The predictions as targets, but for the rows for which another one was chosen. */
function chosen({ prediction, classes }: RowStats, targets: NonNullable<View['chosenTargets']>): Targets {
  const values = prediction.slice();
  for (const [row, target] of targets) {
    // What was chosen before an edit may be gone after it.
    if (row < values.length && Number.isInteger(target) && target >= 0 && target < classes)
      values[row] = target;
  }
  return { kind: 'indices', values };
}
