import type { Rows } from '../layout.ts';
import { Sum } from '../sum.ts';
import type { Targets } from '../targets.ts';
import { SLICE, type Work } from '../work.ts';
import { scoreRow, targetOf } from './scores.ts';

/** NLL of all rows at β = 1/T, in nats, as the fit needs it. */
interface NllAt {
  readonly slope: number;
  readonly curvature: number;
  readonly finalSlope: number;
}

/** Newton's method doubles the digits with each step, so this is never reached; bisecting alone would need about as many. */
const MOST_STEPS = 100;
const PRECISION = 1e-12;

/**
 * The temperature T at which the mean NLL of softmax(z/T) is lowest: Guo et al. 2017, §4.2. In β = 1/T the NLL is convex, so
 * Newton's steps, kept between a β where it falls and one where it rises, find its only minimum. 0 if it falls as long as T
 * does (every row is right), ∞ if it falls as long as T grows (worse than guessing), NaN if a row has no finite NLL or none counts.
 */
export function* fitTemperatureWork(rows: Rows, targets: Targets, ignoreIndex: number | null): Work<number> {
  const at = (beta: number, done: number) => nllAtWork(rows, targets, ignoreIndex, beta, done);
  const flat = yield* at(0, 0);
  if (!Number.isFinite(flat.finalSlope) || Number.isNaN(flat.slope)) return Number.NaN;
  if (flat.slope >= 0) return Number.POSITIVE_INFINITY;
  if (flat.finalSlope === 0) return 0;
  let [low, high, beta] = [0, Number.POSITIVE_INFINITY, 1];
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = yield* at(beta, 1 - 0.6 ** (step + 1));
    if (slope === 0) break;
    if (slope < 0) low = beta;
    else high = beta;
    let next = beta - slope / curvature;
    if (!(next > low && next < high)) next = high === Number.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
    const moved = Math.abs(next - beta);
    beta = next;
    if (moved <= PRECISION * beta) break;
  }
  return 1 / beta;
}

/** Yields `done` and a little more: how many passes there will be isn't known. */
function* nllAtWork(
  rows: Rows,
  targets: Targets,
  ignoreIndex: number | null,
  beta: number,
  done: number,
): Work<NllAt> {
  const { rows: count, classes } = rows.layout;
  const [slope, curvature, finalSlope] = [new Sum(), new Sum(), new Sum()];
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  let counted = 0;
  for (let row = 0; row < count; row++) {
    if (row % rowsInSlice === 0) yield done + (1 - done) * 0.4 * (row / count);
    const target = targetOf(targets, row, rows.layout, ignoreIndex);
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
