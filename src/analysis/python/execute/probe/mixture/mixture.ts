import type { Work } from '../../../../../loss/work.ts';
import { leastSquares } from '../algebra/leastSquares.ts';
import type { Callable } from '../callable.ts';
import { near, totalOf } from '../forms.ts';
import { given, reducedRows } from '../rowsAgree.ts';
import { batchOf, isEnding, lossesOfRows, type Runs, randomRows } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';

/** What each row is without smoothing, for every class it might have. */
interface Unsmoothed {
  readonly rows: readonly (readonly (readonly number[])[])[];
  /** By class, by row. */
  readonly losses: readonly (readonly number[])[];
}

/** What smoothing gives the true class, and each other one, of the loss that they have without it. */
export interface Mixed {
  readonly on: number;
  readonly off: number;
}

const RESIDUAL = 1e-8;
/** About as many as a reading takes, where each row is a run. */
const RUNS = 150;

/** The loss of smoothed targets is the mix of its own losses without smoothing: whatever its form is, targets are what it mixes by. */
export function* isMixture(runs: Runs, found: Callable): Work<boolean> {
  const hasAlpha = found.ran.roles.some(({ role }) => role === 'alpha');
  if (found.sets !== 1 || !hasAlpha || found.setup.alpha === null) return false;
  const { alpha } = found.setup;
  const each = runs.spent / runs.count;
  if (each * RUNS > runs.fuel) return false;
  for (const hard of [0, 1]) {
    try {
      const without = yield* unsmoothed(runs, found, { ...found.setup, alpha: hard });
      const mixed = without && (yield* mixedBy(runs, found, found.setup, without));
      // With α or 1 − α something of the labels has to go to others.
      if (mixed && mixed.off > 0 && mixed.on > mixed.off) return alpha !== hard;
    } catch (error) {
      if (!isEnding(error)) throw error;
    }
  }
  return false;
}

/** Null where the losses of the classes don't tell the classes apart. */
export function* unsmoothed(runs: Runs, found: Callable, setup: Setup): Work<Unsmoothed | null> {
  const { classes } = setup;
  const count = classes + 2 + (classes % 2);
  const rows = randomRows(count, 1, classes, 4000 + classes);
  const losses: (readonly number[])[] = [];
  for (let label = 0; label < classes; label++)
    losses.push(yield* lossesOfRows(runs, setup, rows, label, found.divisor));
  const isKnown = losses.every((each) => each.every(Number.isFinite) && each.some((loss) => loss !== 0));
  return isKnown ? { rows, losses } : null;
}

/** Null if it's no such mix, or another one for another true class. */
export function* mixedBy(
  runs: Runs,
  found: Callable,
  setup: Setup,
  { rows, losses }: Unsmoothed,
): Work<Mixed | null> {
  const label = Math.min(2, setup.classes - 1);
  const values = yield* lossesOfRows(runs, setup, rows, label, found.divisor);
  const fit = leastSquares(
    rows.map((_, i) => [...losses.map((each) => each[i]!), 1]),
    values,
  );
  if (!fit || fit.residual > RESIDUAL) return null;
  // What doesn't depend on the logits, as the entropy of the targets, is beside the mix.
  const constant = fit.weights.at(-1)!;
  const on = fit.weights[label]!;
  const others = fit.weights.slice(0, -1).filter((_, k) => k !== label);
  const off = totalOf(others) / others.length;
  if (!others.every((weight) => near(weight, off, 1e-6))) return null;
  // A batch of all classes has the same mix for each.
  const labels = rows.map((_, i) => (i * 3 + 1) % setup.classes);
  const expected = reducedRows(
    rows.map((_, i) => totalOf(losses.map((each, k) => (k === labels[i] ? on : off) * each[i]!)) + constant),
    found.reduction,
  );
  const whole = given(runs.try(setup, batchOf(rows, labels)).losses);
  yield 0;
  const agrees =
    whole?.length === expected.length && whole.every((value, i) => near(value, expected[i]!, 1e-7));
  return agrees ? { on, off: Math.abs(off) < 1e-9 ? 0 : off } : null;
}
