import { smoothed, valuesOf } from '../conventions/smoothing.ts';
import { LossError } from '../lossErrors.ts';
import type { LossSpec } from '../lossSpec.ts';
import { sumOf } from '../rows/pairwiseSum.ts';
import { rowGradient } from '../rows/rowGradient.ts';
import { offsetOf, rowOf } from '../rows/rowLayout.ts';
import type { MeasureWork } from '../rows/rowStats.ts';
import { oneHot } from '../rows/targets.ts';
import { classFloors, floorSum, sumSoftFloors } from '../theory/floors.ts';
import { focalFloor } from '../theory/focalFloor.ts';
import { subtracted } from '../theory/lossReading.ts';
import { finish, portion, SLICE, type Work } from '../work.ts';
import { accuracy, isIgnored } from './accuracy.ts';
import { type CheckedInput, checkInput } from './checkedInput.ts';
import { addInOrder } from './floatOverflow.ts';
import { type LossTotals, lossTotals, reduced, reducedLoss, rowLosses } from './reduction.ts';

/** A spec, and the arguments of `torch.nn.functional.cross_entropy` it is for. */
export interface CrossEntropyInput extends LossSpec {
  /** (C), (N, C) or (N, C, d1 …), or with the classes on another axis if the spec says so. */
  readonly logits: { readonly data: Float32Array | Float64Array; readonly shape: readonly number[] };
  /** Indices, of the logits' shape without its class axis; or probabilities, in floating point and of the logits' shape. */
  readonly targets: {
    readonly data: Int32Array | Float32Array | Float64Array;
    readonly shape: readonly number[];
  };
}

/** All in nats. */
export interface CrossEntropyResult {
  /** A number; with reduction "none" the loss of each row. */
  readonly loss: number | Float64Array;
  /** The loss of each row before reduction, in C order of the axes other than the class axis. Of sigmoids the mean over the classes. */
  readonly rows: Float64Array;
  /** What labels of 1 and 0 become. */
  readonly onValue: number;
  readonly offValue: number;
  /** The smoothed targets, of the logits' shape; 0 for every class where a row is ignored. */
  readonly targets: { readonly data: Float64Array; readonly shape: readonly number[] };
  /**
   * The lowest this loss can be for these targets, reduced as the loss is (the mean, with reduction "none"). NaN for focal
   * losses with class weights or soft targets.
   */
  readonly floor: number;
  /** What the reduced loss is above its floor. */
  readonly excess: number;
  readonly accuracy: number;
}

/** The loss and what belongs to it. Throws LossError for what PyTorch refuses. */
export function* computeLossInSteps(
  input: CrossEntropyInput,
  measure?: MeasureWork,
): Work<CrossEntropyResult> {
  const checked = yield* portion(checkInput(input, measure), 0, 0.6);
  const { stats, smoothing } = checked;
  const totals = lossTotals(stats);
  const { uniform } = smoothing;
  const overall = input.reduction === 'none' ? 'mean' : input.reduction;
  checkDivisor(input, totals);
  const sums = yield* addInOrder(input, checked);
  const crossEntropy = sums ? sums.reduced(overall) : reducedLoss(totals, uniform, overall);
  const floors = yield* portion(sumFloors(input, checked, totals), 0.6, 0.8);
  // What KL and its like leave out is the same for every row that counts: they take no soft targets.
  const constant = subtracted(input.form, smoothing);
  const taken = constant === 0 ? 0 : reduced(constant * totals.counted, totals, overall);
  const rows = (sums?.rows ?? rowLosses(stats, uniform)).map((loss, row) =>
    isIgnored(stats, row) ? 0 : loss - constant,
  );
  const scalar = crossEntropy - taken;
  const floor = reduced(floors, totals, overall) - taken;
  const { on, off } = valuesOf(smoothing);
  return {
    loss: input.reduction === 'none' ? rows.slice() : scalar,
    rows,
    onValue: on,
    offValue: off,
    targets: {
      data: yield* portion(smoothedTargets(checked), 0.8, 1),
      shape: input.logits.shape,
    },
    floor,
    excess: scalar - floor,
    accuracy: accuracy(stats),
  };
}

/** What a mean over weights of 0 gives depends on what is divided first. */
function checkDivisor({ sums, weight, reduction }: CrossEntropyInput, { share, counted }: LossTotals): void {
  if (sums === 'unknown' && weight && reduction === 'mean' && share === 0 && counted > 0)
    throw new LossError({ reason: 'no-weight', argument: 'weight' });
}

function* sumFloors(
  { weight, focal }: LossSpec,
  { rows, targets, smoothing }: CheckedInput,
  totals: LossTotals,
): Work<number> {
  if (focal)
    return weight || targets.kind === 'soft' ? Number.NaN : focalFloor(smoothing, focal) * totals.counted;
  return targets.kind === 'soft'
    ? sumOf(yield* sumSoftFloors({ ...rows, values: targets.values }, smoothing, weight))
    : floorSum(totals, classFloors(smoothing, weight));
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
