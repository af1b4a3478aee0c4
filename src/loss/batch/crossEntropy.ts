import { smoothed, valuesOf } from '../conventions/smoothing.ts';
import { LossError } from '../lossErrors.ts';
import type { LossSpec } from '../lossSpec.ts';
import { rowGradient } from '../rows/rowGradient.ts';
import { offsetOf, rowOf } from '../rows/rowLayout.ts';
import type { MeasureWork } from '../rows/rowStats.ts';
import { oneHot } from '../rows/targets.ts';
import { sumSoftFloors } from '../theory/floors.ts';
import { focalFloor } from '../theory/focalFloor.ts';
import { finish, portion, SLICE, type Work } from '../work.ts';
import { accuracy, isIgnored } from './accuracy.ts';
import { batchFigures } from './batchFigures.ts';
import { type CheckedInput, checkInput } from './checkedInput.ts';
import { addInOrder } from './floatOverflow.ts';
import { withoutActivation } from './givenValues.ts';
import type { CrossEntropyInput, CrossEntropyResult } from './lossInput.ts';
import { type LossTerms, lossOfRows, lossTermsOf } from './lossTerms.ts';
import { type LossTotals, lossTotals, reduced } from './reduction.ts';
import { hardFloorSum, softFloors } from './rowFloors.ts';

/** The loss and what belongs to it. Throws LossError for what PyTorch refuses. */
export function* computeLossInSteps(
  given: CrossEntropyInput,
  measure?: MeasureWork,
): Work<CrossEntropyResult> {
  const input = yield* withoutActivation(given);
  const checked = yield* portion(checkInput(input, measure), 0, 0.6);
  const { stats, smoothing } = checked;
  const totals = lossTotals(stats);
  const terms = lossTermsOf(input, stats);
  checkDivisor(input, totals);
  const sums = yield* addInOrder(input, checked);
  const floors = yield* portion(sumFloors(input, checked, totals, terms), 0.6, 0.8);
  const crossEntropy = sums?.reduced(input.reduction === 'none' ? 'mean' : input.reduction);
  const figures = batchFigures(totals, terms, floors, input.reduction, crossEntropy);
  const rows = sums
    ? sums.rows.map((loss, row) => (isIgnored(stats, row) ? 0 : loss - terms.constant))
    : lossOfRows(stats, terms);
  const { on, off } = valuesOf(smoothing);
  return {
    loss: input.reduction === 'none' ? rows.slice() : figures.loss,
    rows,
    onValue: on,
    offValue: off,
    ...(input.withTargets && {
      targets: {
        data: yield* portion(smoothedTargets(checked), 0.8, 1),
        shape: input.logits.shape,
      },
    }),
    floor: figures.floor!,
    excess: figures.excess!,
    accuracy: accuracy(stats),
  };
}

/** What a mean over weights of 0 gives depends on what is divided first. */
function checkDivisor({ sums, weight, reduction }: CrossEntropyInput, { share, counted }: LossTotals): void {
  if (sums === 'unknown' && weight && reduction === 'mean' && share === 0 && counted > 0)
    throw new LossError({ reason: 'no-weight', argument: 'weight' });
}

/** The floors of all rows together, in nats. NaN for focal losses that have none in closed form, nor by a search in one number. */
function* sumFloors(
  { weight, focal }: LossSpec,
  { rows, targets, smoothing }: CheckedInput,
  totals: LossTotals,
  terms: LossTerms,
): Work<number> {
  if (focal)
    return weight || targets.kind === 'soft'
      ? Number.NaN
      : (focalFloor(smoothing, focal) - terms.constant) * totals.counted;
  if (targets.kind === 'indices') return hardFloorSum(totals, terms);
  const byRow = yield* sumSoftFloors({ ...rows, values: targets.values }, smoothing, weight);
  return softFloors(terms, byRow).sum!;
}

/** (1 − u)·label + u/m of every row, in the layout of the logits. */
function* smoothedTargets(checked: CheckedInput): Work<Float64Array> {
  const { layout, values } = checked.rows;
  const all = new Float64Array(values.length);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / layout.classes));
  for (let row = 0; row < layout.rows; row++) {
    if (row % rowsInSlice === 0) yield row / layout.rows;
    if (isIgnored(checked.stats, row)) continue;
    scatter(all, checked, row, smoothed(labelOf(checked, row), checked.smoothing));
  }
  return all;
}

/**
 * d(loss)/d(logits), of the logits' shape; with reduction "none" that of the sum. The loss form makes no difference. Throws
 * LossError as the loss does.
 */
export function crossEntropyGradient(input: CrossEntropyInput): Float64Array {
  const checked = finish(checkInput(input));
  const { rows, stats, smoothing } = checked;
  const gradient = new Float64Array(rows.values.length);
  const scale = input.reduction === 'mean' ? reduced(1, lossTotals(stats), 'mean') : 1;
  for (let row = 0; row < rows.layout.rows; row++) {
    if (isIgnored(stats, row)) continue;
    const ofRow = rowGradient(rowOf(rows, row), labelOf(checked, row), smoothing, input);
    scatter(
      gradient,
      checked,
      row,
      ofRow.map((g) => g * scale),
    );
  }
  return gradient;
}

/** The target of a row before smoothing: (K). */
function labelOf({ rows, targets }: CheckedInput, row: number): Float64Array {
  return targets.kind === 'soft'
    ? rowOf({ ...rows, values: targets.values }, row)
    : oneHot(rows.layout.classes, targets.values[row]!);
}

/** Writes the K values of a row where its logits lie. */
function scatter(
  into: Float64Array,
  { rows: { layout } }: CheckedInput,
  row: number,
  values: Float64Array,
): void {
  const start = offsetOf(layout, row);
  values.forEach((value, k) => {
    into[start + k * layout.inner] = value;
  });
}
