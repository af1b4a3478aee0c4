import { accuracy } from '../../loss/batch/accuracy.ts';
import { type BatchFigures, batchFigures } from '../../loss/batch/batchFigures.ts';
import { lossOfRows, lossTermsOf } from '../../loss/batch/lossTerms.ts';
import { lossTotals } from '../../loss/batch/reduction.ts';
import { hardFloors, softFloors } from '../../loss/batch/rowFloors.ts';
import { type Smoothing, valuesOf } from '../../loss/conventions/smoothing.ts';
import { accuracyOfSums, totalsOfSums } from '../../loss/sums/batchSums.ts';
import { sumSoftFloors } from '../../loss/theory/floors.ts';
import { finish } from '../../loss/work.ts';

import type { PanelSpec } from '../../protocol/panelSpec.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';

/** What the panel shows of a batch: its figures, and what each row comes to. Losses in nats. */
export interface ExportedFigures extends BatchFigures {
  readonly smoothing: Smoothing;
  /** By row; 0 where it's ignored. */
  readonly losses: Float64Array;
  readonly floors: Float64Array;
  readonly floor: number;
  readonly excess: number;
  readonly accuracy: number;
}

/**
 * All figures of a batch under a loss, in nats and float64, with the same digits as the panel's. Soft targets take a pass over them
 * for the floors, by `floorsOf`.
 */
export function exportedFigures(
  { stats, sums, layout, targets }: Pick<MeasuredBatch, 'stats' | 'sums' | 'layout' | 'targets'>,
  spec: PanelSpec,
  floorsOf = sumSoftFloors,
): ExportedFigures {
  const totals = sums ? totalsOfSums(sums, spec) : lossTotals(stats);
  const terms = lossTermsOf(spec, stats);
  const { smoothing, weight } = terms;
  const floors =
    targets.kind === 'soft'
      ? softFloors(terms, finish(floorsOf({ layout, values: targets.values }, smoothing, weight)))
      : hardFloors(stats, totals, terms);
  const { floor, excess, ...figures } = batchFigures(totals, terms, floors.sum, spec.reduction);
  return {
    ...figures,
    floor: floor!,
    excess: excess!,
    smoothing,
    losses: lossOfRows(stats, terms),
    floors: Float64Array.from(stats.target, (_, row) => floors.of(row)),
    accuracy: sums ? accuracyOfSums(sums) : accuracy(stats),
  };
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
    excess: figures.excess,
    accuracy: figures.accuracy,
  };
}

const FIGURES = ['loss', 'nll', 'uniform', 'floor', 'excess', 'accuracy'] as const;

/** Of `figureMembers` what was measured, without what was set. */
export function figuresAlone(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(FIGURES.map((name) => [name, members[name]]));
}

/** The columns of the panel's table, and two more. */
export const ROW_COLUMNS = [
  'row',
  'target',
  'prediction',
  'p_target',
  'loss',
  'nll',
  'uniform',
  'floor',
  'excess',
] as const;

/** What each column has of a row. */
export function rowCells(
  { stats }: Pick<MeasuredBatch, 'stats'>,
  { losses, floors }: ExportedFigures,
  row: number,
): readonly number[] {
  const [loss, floor] = [losses[row]!, floors[row]!];
  return [
    row,
    stats.target[row]!,
    stats.prediction[row]!,
    stats.pTarget[row]!,
    loss,
    stats.hard[row]!,
    stats.uniform[row]!,
    floor,
    loss - floor,
  ];
}
