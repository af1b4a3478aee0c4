import type { LossTotals } from '../../loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { type Layout, layoutOf } from '../../loss/rows/rowLayout.ts';
import type { PassSpec, RowStats } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { BatchSummary, BatchView, MeasuredWith } from '../../protocol/engineChannel.ts';
import type { Compute } from '../measure/compute.ts';
import { openRowsFile } from '../measure/rowsFile.node.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';
import type { ReadBatch } from '../origins/origin.ts';
import { temperedLogits, temperedRow } from '../questions/temperedLogits.ts';
import { measuredWithOf } from './measuredWith.ts';

/** A batch as it's understood now, with what one pass over it gave. */
export interface MeasuredBatch {
  readonly read: ReadBatch;
  readonly view: BatchView;
  /** The logits as they are measured: as they were read, or what was made of it. */
  readonly source: LogitsSource;
  readonly layout: Layout;
  readonly targets: Targets;
  readonly measuredWith: MeasuredWith;
  readonly summary: BatchSummary;
  readonly stats: RowStats;
}

/** Understands a batch as `view` says, and measures its rows. */
export function* measureBatch(compute: Compute, read: ReadBatch, view: BatchView): Work<MeasuredBatch> {
  const { batch } = read;
  const kind = view.kind ?? batch.kind;
  const measuredWith = measuredWithOf(batch, view);
  const layout = layoutOf(batch.shape, batch.classAxis);
  const tempering = { ...measuredWith, kind };
  const source = yield* portion(temperedLogits(compute, read.source, layout, tempering), 0, 0.3);
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
export function* totalsUnder(compute: Compute, measured: MeasuredBatch, change: BatchView): Work<LossTotals> {
  const { read, layout, targets } = measured;
  const view = { ...measured.view, ...change };
  const measuredWith = measuredWithOf(read.batch, view);
  const kind = view.kind ?? read.batch.kind;
  const tempering = { ...measuredWith, kind };
  const source = yield* portion(temperedLogits(compute, read.source, layout, tempering), 0, 0.3);
  try {
    const stats = yield* portion(measureAgain({ compute, source, layout, measuredWith }, targets), 0.3, 1);
    const totals = compute.totals(stats);
    compute.releaseStats(stats);
    return totals;
  } finally {
    if ('values' in source && source !== read.source) compute.release(source.values);
  }
}

interface MeasurePass extends Pick<MeasuredBatch, 'source' | 'layout' | 'measuredWith'> {
  readonly compute: Compute;
}

function measureAgain(
  { compute, source, layout, measuredWith }: MeasurePass,
  targets: Targets | null,
): Work<RowStats> {
  const spec: PassSpec = { ...DEFAULT_SPEC, ...measuredWith };
  return 'file' in source
    ? compute.measureFile(source.file, layout, targets, spec)
    : compute.measure({ values: source.values, layout }, targets, spec);
}

/** The logits of one row, (K), from memory or its file. */
export function rowLogits({ read, layout, summary, measuredWith }: MeasuredBatch, row: number): Float64Array {
  const tempering = { ...measuredWith, kind: summary.kind };
  const { source } = read;
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
