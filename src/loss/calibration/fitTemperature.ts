import { Sum } from '../rows/pairwiseSum.ts';
import type { Rows } from '../rows/rowLayout.ts';
import type { Targets } from '../rows/targets.ts';
import { portion, SLICE, type Work } from '../work.ts';
import { rowTargetOf, scoreRow } from './calibrationScores.ts';

/** Never reached: Newton's method doubles the digits with each step, and bisecting alone would need about as many. */
const MOST_STEPS = 100;
/** A step this small, relative to β, leaves an error of about its square. */
const LAST_STEP = 1e-7;
/** So many logits are enough to find out about where to begin. */
const COARSE_LOGITS = 1 << 17;

interface Labelled {
  readonly rows: Rows;
  readonly targets: Targets;
  readonly ignoreIndex: number | null;
}

/**
 * The temperature T at which the mean NLL of softmax(z/T) is lowest: Guo et al. 2017, "On calibration of modern neural networks",
 * §4.2. 0 if the NLL falls as long as T does (every row is right), ∞ if it falls as long as T grows (worse than guessing), NaN if
 * a row has no finite NLL or none counts.
 */
export function* fitTemperature(rows: Rows, targets: Targets, ignoreIndex: number | null): Work<number> {
  const labelled = { rows, targets, ignoreIndex };
  const every = Math.ceil((rows.layout.rows * rows.layout.classes) / COARSE_LOGITS);
  const coarse = every > 1 ? yield* portion(fitSlope(labelled, 1, every), 0, 0.1) : 1;
  const begin = coarse > 0 && Number.isFinite(coarse) ? coarse : 1;
  return yield* portion(fitSlope(labelled, 1 / begin, 1), every > 1 ? 0.1 : 0, 1);
}

/**
 * In β = 1/T the NLL is convex, so Newton's steps, kept between a β where it falls and one where it rises, find its only minimum.
 * Of the rows every `every`th is looked at.
 */
function* fitSlope(labelled: Labelled, begin: number, every: number): Work<number> {
  const at = (beta: number, done: number) => slopeAt(labelled, beta, every, done);
  const flat = yield* at(0, 0);
  if (!Number.isFinite(flat.finalSlope) || Number.isNaN(flat.slope)) return Number.NaN;
  if (flat.slope >= 0) return Number.POSITIVE_INFINITY;
  if (flat.finalSlope === 0) return 0;
  let [low, high, beta] = [0, Number.POSITIVE_INFINITY, begin];
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = yield* at(beta, 1 - 0.7 ** (step + 1));
    if (slope === 0) break;
    if (slope < 0) low = beta;
    else high = beta;
    let next = beta - slope / curvature;
    if (!(next > low && next < high)) next = high === Number.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
    const moved = Math.abs(next - beta);
    beta = next;
    if (moved <= LAST_STEP * beta) break;
  }
  return 1 / beta;
}

/** Means over the rows at β. How many passes there will be isn't known: each is a part of what is left after `done`. */
function* slopeAt(
  { rows, targets, ignoreIndex }: Labelled,
  beta: number,
  every: number,
  done: number,
): Work<{ readonly slope: number; readonly curvature: number; readonly finalSlope: number }> {
  const { rows: count, classes } = rows.layout;
  const [slope, curvature, finalSlope] = [new Sum(), new Sum(), new Sum()];
  const rowsInSlice = every * Math.max(1, Math.floor(SLICE / classes));
  let counted = 0;
  for (let row = 0; row < count; row += every) {
    if (row % rowsInSlice === 0) yield done + 0.3 * (1 - done) * (row / count);
    const target = rowTargetOf(targets, row, rows.layout, ignoreIndex);
    if (target === undefined) continue;
    const score = scoreRow(rows, row, target, beta);
    slope.add(score.slope);
    curvature.add(score.curvature);
    finalSlope.add(score.finalSlope);
    counted++;
  }
  return {
    slope: slope.value / counted,
    curvature: curvature.value / counted,
    finalSlope: finalSlope.value / counted,
  };
}
