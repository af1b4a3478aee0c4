import type { Work } from '../../../../loss/work.ts';
import type { Figures } from '../execution.ts';
import { evenOf, matrixOf } from './algebra/matrix.ts';
import type { Callable } from './callable.ts';
import { floorOf, near } from './forms.ts';
import { figuresOf, madeTargets, type Point } from './points/figures.ts';
import { given } from './rowsAgree.ts';
import { reductionFound } from './told.ts';
import { batchOf, isEnding, type Runs, randomRows } from './trial/sample.ts';
import type { Setup } from './trial/setup.ts';

/** K beyond which a run would take too long. */
const MOST_CLASSES = 20_000;
/** K that is tried first. */
const FIRST_CLASSES = 3;
/** K up to which each class has a floor of its own. */
const MOST_FLOORS = 12;

export interface SiteRead {
  /** K as it's given there, where that makes a difference. */
  readonly toldClasses: number | null;
  /** By set of logits; empty where the targets of the classes differ. */
  readonly figures: readonly Figures[];
  readonly floor: number | null;
  /** By true class, where they differ. */
  readonly floors: readonly number[] | null;
  /** It makes another number of its rows there, as where α = 0 takes another way. */
  readonly isReducedOtherwise: boolean;
}

const NOT_AS_TRIED = { toldClasses: null, figures: [], floor: null, floors: null, isReducedOtherwise: true };

/** What it does with what it's given at the place that is asked about; null where K or α isn't known there. */
export function* readSite(
  runs: Runs,
  found: Callable,
  point: Point,
  scaleOf: (set: number, classes: number) => number,
  weightsMatter: boolean,
): Work<SiteRead | null> {
  if (yield* isReducedOtherwise(runs, found)) return NOT_AS_TRIED;
  const toldClasses = yield* classesAt(runs, found, point);
  const classes = toldClasses ?? runs.question.classes ?? null;
  if (classes !== null) {
    const read = yield* readWith(runs, found, point, scaleOf, weightsMatter, classes);
    return read && { ...read, toldClasses, isReducedOtherwise: false };
  }
  // Without K: what is the same for any, as of sigmoids.
  const [one, other] = [
    yield* readWith(runs, found, point, scaleOf, weightsMatter, 3),
    yield* readWith(runs, found, point, scaleOf, weightsMatter, 5),
  ];
  const isSame =
    one &&
    other &&
    one.figures.every(({ on, off, floor }, i) => {
      const { on: on5, off: off5, floor: floor5 } = other.figures[i]!;
      return near(on, on5) && near(off, off5) && near(floor ?? 0, floor5 ?? 0);
    });
  if (!isSame) return null;
  return {
    ...one,
    toldClasses,
    isReducedOtherwise: false,
    figures: one.figures.map((figures) => ({ ...figures, classes: null, sum: null })),
  };
}

/** With an α that is like those that were tried it's as they showed. */
function* isReducedOtherwise(runs: Runs, found: Callable): Work<boolean> {
  const { alpha } = runs.question;
  const isUsual = alpha !== undefined && alpha > 0 && alpha < 1;
  if (isUsual || found.isTargets || found.reduction === 'rows' || found.reduction === 'elements')
    return false;
  try {
    const setup: Setup = { ...found.setup, alpha: null, isSite: true, weights: 'ones' };
    return (yield* reductionFound(runs, setup, found.sets)) !== found.reduction;
  } catch (error) {
    if (!isEnding(error)) throw error;
    return false;
  }
}

function* readWith(
  runs: Runs,
  found: Callable,
  point: Point,
  scaleOf: (set: number, classes: number) => number,
  weightsMatter: boolean,
  classes: number,
): Work<Pick<SiteRead, 'figures' | 'floor' | 'floors'> | null> {
  if (classes < 2 || classes > MOST_CLASSES) return null;
  const padding = point.evens[0]?.padding ?? null;
  // Targets are what they are without class weights.
  const setup: Setup = { ...found.setup, classes, alpha: null, isSite: true, weights: 'ones' };
  const label = [2, 1, 0].find(
    (each) => each < classes && each !== padding && !point.matrix.silent.has(each),
  )!;
  try {
    const matrix = found.isTargets
      ? yield* madeTargets(runs, setup)
      : yield* matrixOf(runs, setup, found, { padding, grouped: true, labels: [label] });
    const evens = Array.from({ length: Math.max(1, found.sets) }, (_, set) => evenOf(matrix, set, padding));
    const known = evens.filter((even) => even !== null);
    if (known.length < evens.length) return null;
    const figures = known.map((even, set) =>
      figuresOf(runs.question.alpha ?? null, even, matrix, scaleOf(set, classes), found),
    );
    const [fit] = matrix.fits.values();
    const floors =
      weightsMatter && classes <= MOST_FLOORS
        ? yield* floorsOf(runs, { ...setup, weights: 'none' }, found)
        : null;
    return { figures, floor: fit ? floorOf(fit) : null, floors };
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}

/** Class by class, with the weights that are given. */
function* floorsOf(runs: Runs, setup: Setup, found: Callable): Work<readonly number[] | null> {
  try {
    const { fits } = yield* matrixOf(runs, setup, found);
    const floors = [...fits.values()].map(floorOf);
    const known = floors.filter((floor) => floor !== null);
    return known.length === floors.length && !found.focal ? known : null;
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}

/** K as it's given, or the one K there is. */
function* classesAt(runs: Runs, found: Callable, point: Point): Work<number | null> {
  if (found.setup.classes !== FIRST_CLASSES) return found.setup.classes;
  const { siteClasses } = found.ran;
  if (siteClasses === null) return null;
  // A parameter that is called so, and that makes no difference, needn't be K.
  const batch = batchOf(randomRows(4, Math.max(1, found.sets), point.classes, 5), [2, 1, 2, 1]);
  try {
    const told = given(runs.try(point.setup, batch).losses);
    yield 0;
    const more = given(runs.try({ ...point.setup, tellsMore: true }, batch).losses);
    const isSame = told?.length === more?.length && told?.every((x, i) => near(x, more![i]!, 1e-9));
    return isSame ? null : siteClasses;
  } catch (error) {
    if (!isEnding(error)) throw error;
    return siteClasses;
  }
}
