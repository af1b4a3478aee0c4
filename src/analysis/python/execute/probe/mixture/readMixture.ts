import type { Work } from '../../../../../loss/work.ts';
import type { Execution, Figures, Reading } from '../../execution.ts';
import { StopError } from '../../run/endings.ts';
import type { Callable } from '../callable.ts';
import { foundLines } from '../foundLines.ts';
import { gradientOf } from '../judged/gradient.ts';
import { holdsWhile } from '../judged/holdsWhile.ts';
import { ALPHAS } from '../points/points.ts';
import { isEnding, type Runs } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';
import { conventionTried, roundedFigures, type Tried } from '../triedConventions.ts';
import { type Mixed, mixedBy, unsmoothed } from './mixture.ts';

/** K up to which each class is tried at the place that is asked about. */
const MOST_CLASSES = 12;

/** Reads the targets of a loss of no known form, as a mix of what it is without smoothing. Throws a StopError where it can't be told. */
export function* readMixture(runs: Runs, found: Callable, classes: readonly number[]): Work<Execution> {
  const { question } = runs;
  const tried: Tried[] = [];
  let hard = 0;
  for (const k of classes) {
    const read = yield* mixedAt(runs, found, k);
    if (!read) throw new StopError(question.node, 'other');
    hard = read.hard;
    tried.push(...read.tried);
  }
  const named = conventionTried(tried, false, (alpha) => alpha === question.alpha);
  // α at which it's hard is 0 under its own name, or 1 as the share of the true class.
  const alphaIs = hard === 0 ? 'parameter' : 'oneMinus';
  const convention = named?.alphaIs === alphaIs ? named.convention : null;
  const alphaParameter = found.ran.roles.find(({ role }) => role === 'alpha')?.name ?? null;
  const lines = yield* foundLines(runs, found, found.setup, [2, 1, 0]);
  return {
    kind: 'read',
    what: 'loss',
    form: 'other',
    focal: false,
    // Whatever it's given is treated alike with and without smoothing.
    takes: null,
    parts: [
      {
        parameter: found.ran.scores[0] ?? '',
        figures: tried.map(figuresOf),
        atSite: yield* atSite(runs, found, hard),
        convention,
        scale: 1,
      },
    ],
    alphaIs,
    alphaParameter,
    // What it is at that α isn't of a form that shows whether its targets are hard.
    hardAtZero: null,
    paddingClass: null,
    ignored: null,
    reduction: found.reduction,
    weights: null,
    floor: null,
    floors: null,
    torch: null,
    ...lines,
    toldClasses: null,
    calledAsTorch: false,
    gradient: yield* gradientOf(runs, found.setup, found, [2, 1, 0]),
    holds: yield* holdsWhile(runs, found.setup, found, [2, 1, 0]),
  } satisfies Reading;
}

function figuresOf({ alpha, classes, on, off }: Tried): Figures {
  return roundedFigures({ alpha, classes, on, off, sum: on + (classes - 1) * off, floor: null });
}

function* mixedAt(runs: Runs, found: Callable, classes: number) {
  for (const hard of [0, 1]) {
    const without = yield* unsmoothed(runs, found, { ...found.setup, classes, alpha: hard });
    if (!without) continue;
    const tried: Tried[] = [];
    for (const alpha of ALPHAS) {
      const mixed = yield* mixedBy(runs, found, { ...found.setup, classes, alpha }, without);
      if (mixed && mixed.off > 0) tried.push({ ...mixed, alpha, classes, isPadded: false });
    }
    if (tried.length === ALPHAS.length) return { hard, tried };
  }
  return null;
}

/** With the α and K of the place that is asked about, where those are known. */
function* atSite(runs: Runs, found: Callable, hard: number): Work<Figures | null> {
  const { alpha, classes } = runs.question;
  const k = found.ran.siteClasses ?? classes;
  if (alpha === undefined || k === undefined || k < 2 || k > MOST_CLASSES) return null;
  const setup: Setup = { ...found.setup, classes: k };
  try {
    const without = yield* unsmoothed(runs, found, { ...setup, alpha: hard });
    const here = { ...setup, alpha: null, isSite: true };
    const mixed: Mixed | null = without && (yield* mixedBy(runs, found, here, without));
    return mixed && figuresOf({ ...mixed, alpha, classes: k, isPadded: false });
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}
