import { accuracy, isIgnored } from '../../loss/batch/accuracy.ts';
import { lossTotals, reduced, reducedLoss, rowLosses } from '../../loss/batch/reduction.ts';
import { type Smoothing, smoothingOf, valuesOf } from '../../loss/conventions/smoothing.ts';
import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import { classFloors, sumSoftFloors } from '../../loss/theory/floors.ts';
import { subtracted } from '../../loss/theory/lossReading.ts';
import { finish } from '../../loss/work.ts';
import type { ExportedTable } from '../../protocol/exportChannel.ts';
import type { PanelSpec } from '../../protocol/panelChannel.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';

/** What the panel shows of a batch: its figures, and what each row comes to. Losses in nats. */
export interface ExportedFigures {
  readonly smoothing: Smoothing;
  /** By row; 0 where it's ignored. */
  readonly losses: Float64Array;
  readonly floors: Float64Array;
  /** Reduced; "none" as the mean. */
  readonly loss: number;
  readonly floor: number;
  readonly nll: number;
  readonly uniform: number;
  readonly accuracy: number;
}

export function exportedFigures(held: MeasuredBatch, spec: PanelSpec): ExportedFigures {
  const { stats } = held;
  const smoothing = smoothingOf(spec, stats.classes);
  const totals = lossTotals(stats);
  const overall = spec.reduction === 'none' ? 'mean' : spec.reduction;
  // KL and its like leave out the same for every row that counts.
  const constant = stats.targets === 'soft' ? 0 : subtracted(spec.form, smoothing);
  const without = (values: Float64Array) =>
    constant === 0 ? values : values.map((value, row) => (isIgnored(stats, row) ? 0 : value - constant));
  const taken = constant === 0 ? 0 : reduced(constant * totals.counted, totals, overall);
  const floors = rowFloors(held, smoothing, spec);
  return {
    smoothing,
    losses: without(rowLosses(stats, smoothing.uniform)),
    floors: without(floors),
    loss: reducedLoss(totals, smoothing.uniform, overall) - taken,
    floor: reduced(sumOf(floors), totals, overall) - taken,
    nll: reducedLoss(totals, 0, overall),
    uniform: reducedLoss(totals, 1, overall),
    accuracy: accuracy(stats),
  };
}

/** The floor of each row; 0 where it's ignored. */
function rowFloors(
  { stats, layout, targets }: MeasuredBatch,
  smoothing: Smoothing,
  { weight }: PanelSpec,
): Float64Array {
  if (targets.kind === 'soft')
    return finish(sumSoftFloors({ layout, values: targets.values }, smoothing, weight));
  const floors = classFloors(smoothing, weight);
  return Float64Array.from(stats.target, (target, row) => (isIgnored(stats, row) ? 0 : floors[target]!));
}

/** The figures by name, as for a record. */
export function figureMembers(
  figures: ExportedFigures,
  spec: PanelSpec,
  source: string,
): Readonly<Record<string, unknown>> {
  const { on, off } = valuesOf(figures.smoothing);
  const { convention, labelSmoothing, reduction, form, temperature, weight, ignoreIndex } = spec;
  return {
    source,
    convention,
    label_smoothing: labelSmoothing,
    ...(temperature !== 1 && { temperature }),
    ...(form !== 'ce' && { form }),
    ...(weight && { weight }),
    ...(ignoreIndex !== null && { ignore_index: ignoreIndex }),
    reduction,
    classes: figures.smoothing.classes,
    on_value: on,
    off_value: off,
    loss: reduction === 'none' ? figures.losses : figures.loss,
    nll: figures.nll,
    uniform: figures.uniform,
    floor: figures.floor,
    excess: figures.loss - figures.floor,
    accuracy: figures.accuracy,
  };
}

/** The columns of the panel's table, and two more. */
export function rowTable({ stats }: MeasuredBatch, { losses, floors }: ExportedFigures): ExportedTable {
  return {
    head: ['row', 'target', 'prediction', 'p_target', 'loss', 'nll', 'uniform', 'floor', 'excess'],
    rows: Array.from(losses, (loss, row) => [
      row,
      stats.target[row]!,
      stats.prediction[row]!,
      stats.pTarget[row]!,
      loss,
      stats.hard[row]!,
      stats.uniform[row]!,
      floors[row]!,
      loss - floors[row]!,
    ]),
  };
}
