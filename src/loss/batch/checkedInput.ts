import { CONVENTIONS } from '../conventions/conventions.ts';
import { isClassCount, MOST_CLASSES, type Smoothing, smoothingOf } from '../conventions/smoothing.ts';
import { LossError } from '../lossErrors.ts';
import { type Layout, layoutOf, type Rows } from '../rows/rowLayout.ts';
import { type MeasureWork, measureRowStats, type RowStats } from '../rows/rowStats.ts';
import { lengthOf } from '../rows/shape.ts';
import { indicesOf, type Targets } from '../rows/targets.ts';
import type { Work } from '../work.ts';

import type { CrossEntropyInput } from './lossInput.ts';

/** What is made for each class stays small, though no logits are there to hold K against. */
const MOST_CLASSES_WITHOUT_ROWS = 1 << 20;

/** An input that makes sense, with one pass over its logits done. */
export interface CheckedInput {
  readonly rows: Rows;
  readonly targets: Targets;
  readonly smoothing: Smoothing;
  readonly stats: RowStats;
}

/**
 * Throws LossError for what PyTorch refuses, and for what the convention or loss form has no meaning for. `measure` is in
 * float64 unless something faster is given.
 */
export function* checkInput(
  input: CrossEntropyInput,
  measure: MeasureWork = measureRowStats,
): Work<CheckedInput> {
  const { logits, weight } = input;
  const { shape } = logits;
  const classAxis = classAxisOf(shape, input.classAxis);
  const layout = layoutOf(shape, classAxis);
  if (shape.length === 0 || layout.classes === 0)
    throw new LossError({ reason: 'no-classes', argument: 'logits', shape });
  checkSize('logits', logits);
  checkSize('targets', input.targets);
  if (!isClassCount(layout.classes))
    throw new LossError({
      reason: 'too-many-classes',
      argument: 'logits',
      found: layout.classes,
      most: MOST_CLASSES,
    });
  // With rows there are as many logits: without one, anything may be said to be K.
  if (layout.rows === 0 && layout.classes > MOST_CLASSES_WITHOUT_ROWS)
    throw new LossError({ reason: 'too-large', argument: 'logits', shape });
  checkIgnoreIndex(input.ignoreIndex);
  if (weight && weight.length !== layout.classes) {
    throw new LossError({
      reason: 'length',
      argument: 'weight',
      found: weight.length,
      classes: layout.classes,
    });
  }
  checkPadding(input, layout);
  const targets = checkedTargets(
    input,
    layout,
    shape.filter((_, axis) => axis !== classAxis),
  );
  const rows: Rows = { values: logits.data, layout };
  const smoothing = smoothingOf(input, layout.classes);
  return { rows, targets, smoothing, stats: yield* measure(rows, targets, input) };
}

/** Which axis has the classes: of a single row the only one. */
export function classAxisOf(shape: readonly number[], axis: number): number {
  if (shape.length === 1) return 0;
  return axis < 0 ? shape.length + axis : axis;
}

/** Beyond 2^53 a number stands for its neighbours, too. */
function checkIgnoreIndex(ignoreIndex: number | null): void {
  if (ignoreIndex !== null && !Number.isSafeInteger(ignoreIndex))
    throw new LossError({ reason: 'not-exact', argument: 'ignoreIndex', found: ignoreIndex });
}

/** A convention with a padding class needs to know which it is. */
function checkPadding({ convention, ignoreIndex }: CrossEntropyInput, { classes }: Layout): void {
  const found = ignoreIndex ?? -1;
  if (CONVENTIONS[convention].padded && !(found >= 0 && found < classes))
    throw new LossError({ reason: 'no-padding-class', argument: 'ignoreIndex', found, classes });
}

/** Throws LossError if there aren't as many numbers as the shape has. */
export function checkSize(
  argument: 'logits' | 'targets',
  { data, shape }: { data: ArrayLike<number>; shape: readonly number[] },
): void {
  const sizes = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!sizes || data.length !== lengthOf(shape)) {
    throw new LossError({ reason: 'size', argument, found: data.length, shape });
  }
}

function checkedTargets(
  { logits, targets, ignoreIndex, form }: CrossEntropyInput,
  layout: Layout,
  indexShape: readonly number[],
): Targets {
  const { data, shape } = targets;
  if (equal(shape, logits.shape) && !(data instanceof Int32Array)) {
    if (ignoreIndex !== null && ignoreIndex >= 0)
      throw new LossError({ reason: 'with-soft-targets', argument: 'ignoreIndex', found: ignoreIndex });
    if (form !== 'ce') throw new LossError({ reason: 'soft-targets', argument: 'targets', form });
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
  return { kind: 'indices', values: indicesOf(data, ignoreIndex) };
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
