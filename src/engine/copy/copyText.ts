import { accuracy, isIgnored } from '../../loss/accuracy.ts';
import { lossTotals, reduced, reducedLoss, rowLosses } from '../../loss/reduce.ts';
import { uniformSmoothing, valuesOf } from '../../loss/smoothing.ts';
import { sumOf } from '../../loss/sum.ts';
import { classFloors, softFloorsWork } from '../../loss/theory.ts';
import { finish } from '../../loss/work.ts';
import type { CopyFormat, CopySpec } from '../../protocol/engine.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { HeldBatch } from '../heldBatch.ts';
import { pytorchSnippet } from './pytorch.ts';
import { csvOf, jsonOf, tableRow } from './table.ts';

/** About as many numbers as a clipboard and an editor still like. */
const MOST_NUMBERS = 200_000;

/** What the panel shows, as text. Too many numbers for that are a problem, not a frozen editor. */
export function copyText(
  held: HeldBatch,
  format: CopyFormat,
  spec: CopySpec,
): Outcome<string, { readonly count: number; readonly limit: number }> {
  const { stats } = held;
  const count = format === 'pytorch' ? stats.rows * stats.classes : 9 * stats.rows;
  if (count > MOST_NUMBERS) return failure({ count, limit: MOST_NUMBERS });
  const { labelSmoothing, reduction } = spec;
  const losses = rowLosses(stats, labelSmoothing);
  const totals = lossTotals(stats);
  const overall = reduction === 'none' ? 'mean' : reduction;
  const loss = reducedLoss(totals, labelSmoothing, overall);
  if (format === 'pytorch') return success(pytorchSnippet(held, reduction === 'none' ? losses : loss, spec));
  const floors = rowFloors(held, labelSmoothing);
  const rows = Array.from({ length: stats.rows }, (_, row) => tableRow(held, row, labelSmoothing, floors));
  if (format === 'csv') return success(csvOf(rows));
  const { on, off } = valuesOf(uniformSmoothing(labelSmoothing, stats.classes));
  const floor = reduced(sumOf(floors), totals, overall);
  const summary = {
    source: spec.source,
    label_smoothing: labelSmoothing,
    reduction,
    classes: stats.classes,
    on_value: on,
    off_value: off,
    loss: reduction === 'none' ? losses : loss,
    nll: reducedLoss(totals, 0, overall),
    uniform: reducedLoss(totals, 1, overall),
    floor,
    excess: loss - floor,
    accuracy: accuracy(stats),
  };
  return success(jsonOf(summary, rows));
}

/** The floor of each row; 0 where it's ignored. */
function rowFloors(
  { stats, layout, targets, measuredWith }: HeldBatch,
  labelSmoothing: number,
): Float64Array {
  const { weight } = measuredWith;
  const smoothing = uniformSmoothing(labelSmoothing, stats.classes);
  if (targets.kind === 'soft')
    return finish(softFloorsWork({ layout, values: targets.values }, smoothing, weight));
  const floors = classFloors(smoothing, weight);
  return Float64Array.from(stats.target, (target, row) => (isIgnored(stats, row) ? 0 : floors[target]!));
}
