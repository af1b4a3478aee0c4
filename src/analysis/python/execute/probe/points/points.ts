import type { Work } from '../../../../../loss/work.ts';
import { StopError } from '../../run/endings.ts';
import { evenOf, type Matrix, type MatrixOptions, matrixOf } from '../algebra/matrix.ts';
import type { Callable } from '../callable.ts';
import { rowsAgree } from '../rowsAgree.ts';
import { isEnding, type Runs } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';
import { madeTargets, type Point } from './figures.ts';

/** α that is tried: never 1/K of a K that is tried. */
export const ALPHAS = [0.1, 0.16, 0.3];

/** Each K with each α that it's tried with. A further K that can't be run is one that the definition fixes. */
export function* pointsOf(runs: Runs, found: Callable, classes: readonly number[]): Work<Point[]> {
  const points: Point[] = [];
  for (const [i, k] of classes.entries()) {
    for (const alpha of ALPHAS) {
      const setup = { ...found.setup, classes: k, alpha };
      try {
        const like = points[0];
        const short = like && (yield* likeFirst(runs, setup, found, like));
        const point = short ?? (yield* pointOf(runs, setup, found, {}));
        if (!short && !(yield* agrees(runs, point, found))) throw new StopError(runs.question.node, 'other');
        points.push({ ...point, alpha });
      } catch (error) {
        // What fits with 3 classes and raises with 5 is made for 3.
        if (i > 0 && isEnding(error) && !(error instanceof StopError) && alpha === ALPHAS[0]) return points;
        throw error;
      }
    }
  }
  return points;
}

/**
 * One true class is enough where the others are alike as they are with the first α and K, and a batch of all of them shows
 * whether they are. Null if not.
 */
function* likeFirst(
  runs: Runs,
  setup: Setup,
  found: Callable,
  first: Point,
): Work<Omit<Point, 'alpha'> | null> {
  if (found.isTargets || found.sets > 1) return null;
  const padding = first.evens[0]!.padding;
  const label = [2, 1, 0].find((each) => each !== padding && !first.matrix.silent.has(each))!;
  try {
    const point = yield* pointOf(runs, setup, found, { grouped: true, padding, labels: [label] });
    const whole = { ...point, matrix: forAllLabels(point.matrix, first.matrix, padding) };
    return (yield* agrees(runs, whole, found)) ? whole : null;
  } catch (error) {
    if (error instanceof StopError && error.reason === 'other') return null;
    throw error;
  }
}

function* pointOf(
  runs: Runs,
  setup: Setup,
  found: Callable,
  options: MatrixOptions,
): Work<Omit<Point, 'alpha'>> {
  const { question } = runs;
  const matrix = found.isTargets
    ? yield* madeTargets(runs, setup)
    : yield* matrixOf(runs, setup, found, options);
  const sets = Array.from({ length: Math.max(1, found.sets) }, (_, set) => set);
  const evens = sets.map((set) => evenOf(matrix, set, options.padding));
  const known = evens.filter((even) => even !== null);
  if (known.length < evens.length) throw new StopError(question.node, 'other', 'classes');
  return { classes: setup.classes, setup, matrix, evens: known };
}

/** The weights of one true class, for all that are like it. */
function forAllLabels(matrix: Matrix, { silent }: Matrix, padding: number | null): Matrix {
  const [one] = matrix.fits;
  if (!one) return matrix;
  const [from, fit] = one;
  const moved = (weights: readonly number[], label: number) =>
    weights.map((weight, k) => (k === label ? weights[from]! : k === from ? weights[label]! : weight));
  const labels = Array.from({ length: matrix.classes }, (_, k) => k).filter(
    (k) => k !== padding && !silent.has(k),
  );
  const fits = labels.map((label) => {
    const on = fit.on.map((each) => moved(each, label));
    return [label, { ...fit, on, off: fit.off && moved(fit.off, label) }] as const;
  });
  return { ...matrix, fits: new Map(fits), silent };
}

function* agrees(runs: Runs, point: Omit<Point, 'alpha'>, found: Callable): Work<boolean> {
  if (found.isTargets) return true;
  const labels = new Map([...point.matrix.fits].filter(([label]) => label !== point.evens[0]!.padding));
  return yield* rowsAgree(runs, point.setup, found, labels);
}
