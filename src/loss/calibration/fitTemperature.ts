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

/** Of the NLL at β = 1/T its first two derivatives by β, over the same rows each time: sums, or means. */
export interface Slope {
  readonly slope: number;
  readonly curvature: number;
}

/** What was seen at another β. */
export interface KnownSlope {
  readonly beta: number;
  readonly curvature: number;
}

/** Where the slope goes as β grows, too: see `scoreRow`. */
export interface SlopeToEnd extends Slope {
  readonly finalSlope: number;
}

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
  const coarse = every > 1 ? yield* portion(fitTo(labelled, 1, every), 0, 0.1) : 1;
  const begin = coarse > 0 && Number.isFinite(coarse) ? coarse : 1;
  return yield* portion(fitTo(labelled, 1 / begin, 1), every > 1 ? 0.1 : 0, 1);
}

/** Of the rows every `every`th is looked at. */
function* fitTo(labelled: Labelled, begin: number, every: number): Work<number> {
  const at = (beta: number) => slopeAt(labelled, beta, every);
  const first = yield* at(begin);
  return extremeTemperature(first) ?? (yield* steepestDescent(at, begin, first, LAST_STEP));
}

/** The temperature that follows from one look at the rows: NaN or 0. Undefined if there's one to look for. */
export function extremeTemperature({ slope, finalSlope }: SlopeToEnd): number | undefined {
  if (!Number.isFinite(finalSlope) || Number.isNaN(slope)) return Number.NaN;
  return finalSlope === 0 ? 0 : undefined;
}

/**
 * In β the NLL is convex, so Newton's steps, kept between a β where it falls and one where it rises, find its only minimum. `first`
 * is what there is at `begin`, `before` what is known of another β; after a step of `lastStep`, relative to β, it's near enough.
 */
export function* steepestDescent(
  at: (beta: number) => Work<Slope>,
  begin: number,
  first: Slope,
  lastStep: number,
  before?: KnownSlope,
): Work<number> {
  let [low, high, beta, found] = [0, Number.POSITIVE_INFINITY, begin, first];
  let isFlatKnown = false;
  let last = before;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = found;
    if (Number.isNaN(slope)) return slope;
    if (slope === 0) break;
    if (slope < 0) low = beta;
    else high = beta;
    let next = beta - slope / curvatureAhead(found, beta, last);
    last = { beta, curvature };
    if (!(next > low && next < high)) {
      // It may rise from 0 on.
      if (low === 0 && !isFlatKnown) {
        if ((yield* portion(at(0), 1 - 0.7 ** step, 1 - 0.7 ** (step + 1))).slope >= 0)
          return Number.POSITIVE_INFINITY;
        isFlatKnown = true;
      }
      next = high === Number.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
    }
    const moved = Math.abs(next - beta);
    beta = next;
    if (moved <= lastStep * beta) break;
    // How many passes there will be isn't known: each is a part of what is left.
    found = yield* portion(at(beta), 1 - 0.7 ** step, 1 - 0.7 ** (step + 1));
  }
  return 1 / beta;
}

/** The mean curvature on the way to the minimum, from how it has changed since the last look: it makes of two steps one. */
function curvatureAhead({ slope, curvature }: Slope, beta: number, last: KnownSlope | undefined): number {
  if (!last || last.beta === beta) return curvature;
  const change = (curvature - last.curvature) / (beta - last.beta);
  const ahead = curvature - (0.5 * change * slope) / curvature;
  return ahead > 0.5 * curvature && ahead < 2 * curvature ? ahead : curvature;
}

/** Means over the rows at β. */
function* slopeAt({ rows, targets, ignoreIndex }: Labelled, beta: number, every: number): Work<SlopeToEnd> {
  const { rows: count, classes } = rows.layout;
  const [slope, curvature, finalSlope] = [new Sum(), new Sum(), new Sum()];
  const rowsInSlice = every * Math.max(1, Math.floor(SLICE / classes));
  let counted = 0;
  for (let row = 0; row < count; row += every) {
    if (row % rowsInSlice === 0) yield row / count;
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
