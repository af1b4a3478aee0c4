import { scoresOfStatistics } from '../../loss/calibration/scoresOfStatistics.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { type Layout, layoutOf } from '../../loss/rows/rowLayout.ts';
import { statsOfStatistics } from '../../loss/rows/rowStatistics.ts';
import { measureRowStats, type RowStats } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { isSummedFor } from '../../loss/sums/batchSums.ts';
import type { Work } from '../../loss/work.ts';
import type { BatchView, Calibration, MeasuredWith } from '../../protocol/engineChannel.ts';
import type { MeasuredElsewhere, ReadBatch, SummedElsewhere } from '../origins/origin.ts';
import { measuredWithOf } from './measuredWith.ts';

/** What of a measured batch comes from its statistics. */
interface RowsElsewhere {
  readonly layout: Layout;
  readonly targets: Targets;
  readonly measuredWith: MeasuredWith;
  readonly stats: RowStats;
}

/**
 * A batch whose rows were measured where its logits are. Of a view only what is ignored, and whether the weights count, can be
 * changed; the rest takes the logits, and counts as absent.
 */
export function* rowsElsewhere(
  { batch }: Pick<ReadBatch, 'batch'>,
  { statistics }: MeasuredElsewhere,
  view: BatchView,
): Work<RowsElsewhere> {
  const layout = layoutOf(batch.shape, batch.classAxis);
  const measuredWith = measuredWithOf(batch, {
    ...(view.ignoreIndex !== undefined && { ignoreIndex: view.ignoreIndex }),
    ...(view.weight === null && { weight: null }),
  });
  const target = indicesOf(batch.targets);
  const stats = yield* statsOfStatistics(statistics, layout.classes, target, {
    ...DEFAULT_SPEC,
    ...measuredWith,
  });
  const targets = batch.targets ?? { kind: 'indices', values: stats.target };
  return { layout, targets, measuredWith, stats };
}

/**
 * A batch of which there are sums: its rows are those of the sample. Class weights and the conventions that sums are good for can be
 * chosen; the rest counts as absent.
 */
export function* sampleElsewhere(
  { batch }: Pick<ReadBatch, 'batch'>,
  { sums: { classes }, sample }: SummedElsewhere,
  { convention, weight }: BatchView,
): Work<RowsElsewhere> {
  const ignoreIndex = batch.declared.ignoreIndex ?? DEFAULT_SPEC.ignoreIndex;
  const measuredWith = measuredWithOf(batch, {
    ...(convention && isSummedFor(convention, ignoreIndex, classes) && { convention }),
    ...(weight !== undefined && { weight }),
  });
  const layout: Layout = { rows: sample.length / classes, classes, inner: 1 };
  const spec = { ...DEFAULT_SPEC, ...measuredWith };
  const stats = yield* measureRowStats({ values: sample, layout }, batch.targets, spec);
  const targets = batch.targets ?? { kind: 'indices', values: stats.target };
  return { layout, targets, measuredWith, stats };
}

function indicesOf(targets: Targets | null): Int32Array | null {
  if (targets?.kind === 'soft') throw new Error('Row statistics have no soft targets');
  return targets?.values ?? null;
}

/** Calibration at T = 1: another temperature takes the logits. */
export function calibrationElsewhere(
  { statistics }: MeasuredElsewhere,
  {
    targets,
    measuredWith,
  }: {
    readonly targets: Targets;
    readonly measuredWith: Pick<MeasuredWith, 'ignoreIndex'>;
  },
): Calibration {
  const target = indicesOf(targets)!;
  const { confidence, nll, brier, counted } = scoresOfStatistics(
    statistics,
    target,
    measuredWith.ignoreIndex,
  );
  const means = Float64Array.of(nll / counted, brier / counted);
  return { temperature: null, isFlat: false, fittedRows: 0, before: { confidence, means }, after: null };
}
