import { accuracy } from './accuracy.ts';
import { LossError } from './errors.ts';
import { rowGradient } from './gradient.ts';
import { type Layout, layoutOf, offsetOf, type Rows, rowOf } from './layout.ts';
import { lossTotals, reduced, reducedLoss, rowLosses } from './reduce.ts';
import { type RowStats, rowStatsWork } from './rowStats.ts';
import type { LossSpec } from './spec.ts';
import { sumOf } from './sum.ts';
import { effectiveAlpha, offValue, oneHot, onValue, type Targets } from './targets.ts';
import { classFloors, floorSum, softFloorsWork } from './theory.ts';
import { finish, portion, type Work } from './work.ts';

/** The arguments of `torch.nn.functional.cross_entropy`. */
export interface CrossEntropyInput extends LossSpec {
  /** (C), (N, C) or (N, C, d1 …) */
  readonly logits: { readonly data: Float32Array | Float64Array; readonly shape: readonly number[] };
  /** Indices of shape (), (N) or (N, d1 …); or probabilities, in floating point and of the logits' shape. */
  readonly targets: {
    readonly data: Int32Array | Float32Array | Float64Array;
    readonly shape: readonly number[];
  };
}

/** All in nats. */
export interface CrossEntropyResult {
  /** A number; with reduction "none" the loss of each row. */
  readonly loss: number | Float64Array;
  /** The loss of each element before reduction, in C order of the axes other than the class axis. */
  readonly rows: Float64Array;
  /** The smoothed target of the true class, and of each other class. */
  readonly onValue: number;
  readonly offValue: number;
  /** The lowest this loss can be for these targets, reduced as the loss is (the mean, with reduction "none"). */
  readonly floor: number;
  /** What the reduced loss is above its floor. */
  readonly excess: number;
  readonly accuracy: number;
}

interface Checked {
  readonly rows: Rows;
  readonly targets: Targets;
  readonly stats: RowStats;
}

/** The loss and what belongs to it. Throws LossError for what PyTorch refuses. */
export function* computeLossWork(input: CrossEntropyInput): Work<CrossEntropyResult> {
  const { labelSmoothing, weight, reduction } = input;
  const { rows, targets, stats } = yield* portion(checkedWork(input), 0, 0.7);
  const { classes } = stats;
  const totals = lossTotals(stats);
  const floors =
    targets.kind === 'soft'
      ? sumOf(
          yield* portion(softFloorsWork({ ...rows, values: targets.values }, labelSmoothing, weight), 0.7, 1),
        )
      : floorSum(totals, classFloors(classes, labelSmoothing, weight));
  const all = rowLosses(stats, labelSmoothing);
  const overall = reduction === 'none' ? 'mean' : reduction;
  const floor = reduced(floors, totals, overall);
  const scalar = reducedLoss(totals, labelSmoothing, overall);
  const alpha = effectiveAlpha(labelSmoothing);
  return {
    loss: reduction === 'none' ? all.slice() : scalar,
    rows: all,
    onValue: onValue(alpha, classes),
    offValue: offValue(alpha, classes),
    floor,
    excess: scalar - floor,
    accuracy: accuracy(stats),
  };
}

/** d(loss)/d(logits), of the logits' shape; with reduction "none" that of the sum. Throws LossError as the loss does. */
export function crossEntropyGradient(input: CrossEntropyInput): Float64Array {
  const { rows, targets, stats } = finish(checkedWork(input));
  const { layout } = rows;
  const gradient = new Float64Array(rows.values.length);
  const scale = input.reduction === 'mean' ? 1 / lossTotals(stats).share : 1;
  for (let row = 0; row < layout.rows; row++) {
    const ignored = targets.kind === 'indices' && targets.values[row] === input.ignoreIndex;
    if (ignored) continue;
    const target =
      targets.kind === 'soft'
        ? rowOf({ ...rows, values: targets.values }, row)
        : oneHot(layout.classes, targets.values[row]!);
    const start = offsetOf(layout, row);
    rowGradient(rowOf(rows, row), target, input.labelSmoothing, input.weight).forEach((g, k) => {
      gradient[start + k * layout.inner] = g * scale;
    });
  }
  return gradient;
}

function* checkedWork(input: CrossEntropyInput): Work<Checked> {
  const { logits, weight, labelSmoothing } = input;
  const { shape } = logits;
  const classAxis = shape.length === 1 ? 0 : 1;
  const layout = layoutOf(shape, classAxis);
  if (shape.length === 0 || layout.classes === 0)
    throw new LossError({ reason: 'no-classes', argument: 'logits', shape });
  checkSize('logits', logits);
  checkSize('targets', input.targets);
  if (labelSmoothing > 1)
    throw new LossError({ reason: 'range', argument: 'labelSmoothing', found: labelSmoothing });
  if (weight && weight.length !== layout.classes) {
    throw new LossError({
      reason: 'length',
      argument: 'weight',
      found: weight.length,
      classes: layout.classes,
    });
  }
  const targets = checkedTargets(
    input,
    layout,
    shape.filter((_, axis) => axis !== classAxis),
  );
  const rows: Rows = { values: logits.data, layout };
  return { rows, targets, stats: yield* rowStatsWork(rows, targets, input) };
}

function checkSize(
  argument: 'logits' | 'targets',
  { data, shape }: { data: ArrayLike<number>; shape: readonly number[] },
): void {
  if (data.length !== shape.reduce((a, b) => a * b, 1)) {
    throw new LossError({ reason: 'size', argument, found: data.length, shape });
  }
}

function checkedTargets(
  { logits, targets, ignoreIndex }: CrossEntropyInput,
  layout: Layout,
  indexShape: readonly number[],
): Targets {
  const { data, shape } = targets;
  if (equal(shape, logits.shape) && !(data instanceof Int32Array)) {
    if (ignoreIndex >= 0)
      throw new LossError({ reason: 'with-soft-targets', argument: 'ignoreIndex', found: ignoreIndex });
    return { kind: 'soft', values: data };
  }
  if (!equal(shape, indexShape))
    throw new LossError({ reason: 'shape', argument: 'targets', found: shape, logits: logits.shape });
  const { classes } = layout;
  data.forEach((target, row) => {
    if (!Number.isInteger(target))
      throw new LossError({ reason: 'fraction', argument: 'targets', row, found: target });
    if (target !== ignoreIndex && (target < 0 || target >= classes)) {
      throw new LossError({ reason: 'out-of-bounds', argument: 'targets', row, found: target, classes });
    }
  });
  return { kind: 'indices', values: data instanceof Int32Array ? data : Int32Array.from(data) };
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
