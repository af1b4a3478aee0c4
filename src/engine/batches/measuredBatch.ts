import type { LossTotals } from '../../loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { type Floats, type Layout, layoutOf } from '../../loss/rows/rowLayout.ts';
import type { PassSpec, RowStats } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import type { BatchSums } from '../../loss/sums/batchSums.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { BatchSummary, BatchView, MeasuredWith } from '../../protocol/engineChannel.ts';
import type { Compute } from '../measure/compute.ts';
import { openRowsFile } from '../measure/rowsFile.node.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';
import type { ReadBatch } from '../origins/origin.ts';
import { temperedLogits, temperedRow } from '../questions/temperedLogits.ts';
import { rowsElsewhere, sampleElsewhere } from './measuredElsewhere.ts';
import { measuredWithOf } from './measuredWith.ts';
import { logitsOf } from './needsLogits.ts';

/** A batch as it's understood now, with what one pass over it gave. */
export interface MeasuredBatch {
  readonly read: ReadBatch;
  readonly view: BatchView;
  /** The logits as they are measured: as they were read, or what was made of it. Or what was measured elsewhere. */
  readonly source: ReadBatch['source'] | LogitsSource;
  readonly layout: Layout;
  readonly targets: Targets;
  readonly measuredWith: MeasuredWith;
  readonly summary: BatchSummary;
  /** Of all rows; of those of the sample where there are sums. */
  readonly stats: RowStats;
  readonly sums: BatchSums | null;
}

/** Understands a batch as `view` says, and measures its rows. */
export function* measureBatch(compute: Compute, read: ReadBatch, view: BatchView): Work<MeasuredBatch> {
  const { source } = read;
  if ('statistics' in source) {
    const measured = yield* rowsElsewhere(read, source, view);
    const summary = summaryOf(read.batch, read.batch.kind, 'row-statistics');
    return { ...measured, read, view, source, summary, sums: null };
  }
  if ('sums' in source) {
    const measured = yield* sampleElsewhere(read, source, view);
    const summary = summaryOf(read.batch, read.batch.kind, 'sums');
    return { ...measured, read, view, source, summary, sums: source.sums };
  }
  const measured = yield* measureLogits(compute, read, source, view);
  const summary = summaryOf(read.batch, view.kind ?? read.batch.kind, 'logits');
  return { ...measured, summary, sums: null };
}

function* measureLogits(
  compute: Compute,
  read: ReadBatch,
  own: LogitsSource,
  view: BatchView,
): Work<Omit<MeasuredBatch, 'summary' | 'sums'>> {
  const { batch } = read;
  const kind = view.kind ?? batch.kind;
  const measuredWith = measuredWithOf(batch, view);
  const layout = layoutOf(batch.shape, batch.classAxis);
  const tempering = { ...measuredWith, kind };
  const source = yield* portion(temperedLogits(compute, own, layout, tempering), 0, 0.3);
  const pass = { compute, source, layout, measuredWith };
  let stats: RowStats | undefined;
  try {
    stats = yield* portion(measureAgain(pass, batch.targets), 0.3, 0.9);
    if (!batch.targets && view.chosenTargets?.length) {
      const targets = chosen(stats, view.chosenTargets);
      compute.releaseStats(stats);
      stats = undefined;
      stats = yield* portion(measureAgain(pass, targets), 0.9, 1);
    }
  } finally {
    if (!stats && ownsMemory(source, own)) compute.release(source.values);
  }
  const targets = batch.targets ?? { kind: 'indices', values: stats.target };
  return { read, view, source, layout, targets, measuredWith, stats };
}

function summaryOf(
  batch: ReadBatch['batch'],
  kind: BatchSummary['kind'],
  holds: BatchSummary['holds'],
): BatchSummary {
  const { shape, classAxis, classAxisFrom, classNames, keys, declared, decimals, rounding } = batch;
  const { labelling, warnings } = batch;
  return {
    shape,
    classAxis,
    classAxisFrom,
    classNames,
    keys,
    declared,
    decimals,
    rounding,
    labelling,
    warnings,
    kind,
    looksLike: batch.kind,
    targetsFrom: batch.targets?.kind ?? 'argmax',
    holds,
  };
}

/** The sums over a batch as they'd be with part of its view changed. */
export function* totalsUnder(compute: Compute, measured: MeasuredBatch, change: BatchView): Work<LossTotals> {
  const { read, layout, targets } = measured;
  const view = { ...measured.view, ...change };
  const measuredWith = measuredWithOf(read.batch, view);
  const kind = view.kind ?? read.batch.kind;
  const tempering = { ...measuredWith, kind };
  const own = logitsOf(read.source);
  const source = yield* portion(temperedLogits(compute, own, layout, tempering), 0, 0.3);
  try {
    const stats = yield* portion(measureAgain({ compute, source, layout, measuredWith }, targets), 0.3, 1);
    const totals = compute.totals(stats);
    compute.releaseStats(stats);
    return totals;
  } finally {
    if (ownsMemory(source, own)) compute.release(source.values);
  }
}

/** True if the logits were copied to be changed. */
function ownsMemory(source: LogitsSource, read: LogitsSource): source is LogitsSource & { values: Floats } {
  return 'values' in source && !('values' in read && read.values === source.values);
}

interface MeasurePass extends Pick<MeasuredBatch, 'layout' | 'measuredWith'> {
  readonly compute: Compute;
  readonly source: LogitsSource;
}

function measureAgain(
  { compute, source, layout, measuredWith }: MeasurePass,
  targets: Targets | null,
): Work<RowStats> {
  const spec: PassSpec = { ...DEFAULT_SPEC, ...measuredWith };
  return compute.measureSource(source, layout, targets, spec);
}

/** The logits of one row, (K), from memory, its file, or a sample. Throws NeedsLogitsError. */
export function rowLogits({ read, layout, summary, measuredWith }: MeasuredBatch, row: number): Float64Array {
  const tempering = { ...measuredWith, kind: summary.kind };
  if ('sums' in read.source) return temperedRow({ values: read.source.sample, layout }, row, tempering);
  const source = logitsOf(read.source);
  if ('values' in source) return temperedRow({ values: source.values, layout }, row, tempering);
  const file = openRowsFile(source.file);
  try {
    const values = new Float32Array(layout.classes);
    file.bring({ first: row, rows: 1 }, values);
    return temperedRow({ values, layout: { rows: 1, classes: layout.classes, inner: 1 } }, 0, tempering);
  } finally {
    file.close();
  }
}

/** The predictions as targets, but for the rows for which another one was chosen. */
function chosen(
  { prediction, classes }: RowStats,
  targets: NonNullable<BatchView['chosenTargets']>,
): Targets {
  const values = prediction.slice();
  for (const [row, target] of targets) {
    // What was chosen before an edit may be gone after it.
    if (row < values.length && Number.isInteger(target) && target >= 0 && target < classes)
      values[row] = target;
  }
  return { kind: 'indices', values };
}
