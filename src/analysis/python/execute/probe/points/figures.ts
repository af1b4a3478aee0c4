import type { Work } from '../../../../../loss/work.ts';
import type { Figures } from '../../execution.ts';
import { StopError } from '../../run/endings.ts';
import { type Even, type Matrix, massOf } from '../algebra/matrix.ts';
import type { Callable } from '../callable.ts';
import { floorOf, type RowFit } from '../forms.ts';
import { batchOf, type Runs, randomRows } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';

/** What was found at one α and one K. */
export interface Point {
  readonly alpha: number;
  readonly classes: number;
  readonly setup: Setup;
  readonly matrix: Matrix;
  /** By set of logits. */
  readonly evens: readonly Even[];
}

/** Of more classes a few are tried. */
const MOST_CLASSES = 12;

/** What a maker of targets makes of each label. */
export function* madeTargets(runs: Runs, setup: Setup): Work<Matrix> {
  const { classes } = setup;
  const all = Array.from({ length: classes }, (_, k) => k);
  const labels = classes > MOST_CLASSES ? [0, 1, 2, classes - 1] : all;
  const even = labels.length % 2 === 0 ? labels : [...labels, 0];
  const { losses } = runs.try(setup, batchOf(randomRows(even.length, 1, classes, 1), even));
  yield 0;
  if (losses?.of !== 'elements') throw new StopError(runs.question.node, 'other');
  const fits = new Map<number, RowFit>();
  for (const [i, label] of labels.entries()) {
    const row = losses.values[i]!;
    if (!row.every(Number.isFinite)) throw new StopError(runs.question.node, 'other');
    fits.set(label, { activation: 'softmax', on: [row], off: null, constant: 0 });
  }
  const silent = new Set(labels.filter((label) => fits.get(label)!.on[0]!.every((x) => x === 0)));
  for (const label of silent) fits.delete(label);
  return { classes, fits, silent };
}

export function figuresOf(
  alpha: number | null,
  even: Even,
  matrix: Matrix,
  scale: number,
  found: Callable,
): Figures {
  const { classes, fits } = matrix;
  const label = [...fits.keys()].find((each) => each !== even.padding);
  const fit = label === undefined ? undefined : fits.get(label);
  const floor = found.focal || found.isTargets || !fit || fit.on.length > 1 ? null : floorOf(fit);
  return {
    alpha,
    classes,
    on: even.on / scale,
    off: even.off / scale,
    sum: massOf(even, classes) / scale,
    floor,
  };
}
