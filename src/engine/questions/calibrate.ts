import { extremeTemperature, type Slope, steepestDescent } from '../../loss/calibration/fitTemperature.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { Calibration, CalibrationScores } from '../../protocol/engineChannel.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import { calibrationElsewhere } from '../batches/measuredElsewhere.ts';
import { logitsOf } from '../batches/needsLogits.ts';
import type { Compute } from '../measure/compute.ts';
import type { RowScores, RowsToScore } from '../measure/scores/score.ts';
import { flatSlope } from '../measure/scores/scoreExactly.ts';
import { decideEdges } from './decideEdges.ts';

/** A step this small, relative to β and with the change of the curvature in mind, leaves less of an error than float32. */
const LAST_STEP = 1e-3;
/** In float64, where passes are of few rows, all digits are wanted. */
const LAST_EXACT_STEP = 1e-7;
/** With one of so many blocks it's found out about where to begin. */
const COARSE = 16;
/** β as good as 0: what the slope is there it is at 0, unless it's near 0. */
const FLAT = 2 ** -30;

type Labelled = Pick<MeasuredBatch, 'source' | 'layout' | 'targets'> & {
  readonly measuredWith: Pick<MeasuredBatch['measuredWith'], 'ignoreIndex'>;
};

/** Temperature scaling of a batch, fitted to all rows, and how good its probabilities are before and after. */
export function* calibrate(compute: Compute, labelled: Labelled): Work<Calibration> {
  const { source, layout, measuredWith } = labelled;
  if ('statistics' in source) return calibrationElsewhere(source, labelled);
  const [logits, { ignoreIndex }] = [logitsOf(source), measuredWith];
  return yield* compute.withPlaced(labelled.targets, (targets) =>
    calibrateRows(compute, { source: logits, layout, targets, ignoreIndex }),
  );
}

function* calibrateRows(compute: Compute, rows: RowsToScore): Work<Calibration> {
  const before = yield* portion(compute.score(rows, { beta: 1, what: 'scores' }), 0, 0.2);
  const { counted } = before.totals;
  const temperature =
    counted === 0 ? Number.NaN : yield* portion(bestTemperature(compute, rows, before), 0.2, 0.7);
  const isFlat = temperature === 0 && (yield* isFlatEverywhere(compute, rows, before));
  const isFitted = temperature > 0 && Number.isFinite(temperature);
  const beta = 1 / temperature;
  const after = isFitted
    ? yield* portion(compute.score(rows, { beta, what: 'scores' }), 0.7, 0.9)
    : undefined;
  return {
    temperature: Float64Array.of(temperature),
    isFlat,
    fittedRows: counted,
    before: yield* portion(calibrated(compute, rows, before, 1), 0.9, 0.95),
    after: after ? yield* portion(calibrated(compute, rows, after, beta), 0.95, 1) : null,
  };
}

/** The best temperature for all rows, from what they are at 1. */
function* bestTemperature(compute: Compute, rows: RowsToScore, at1: RowScores): Work<number> {
  const extreme = extremeTemperature(at1.totals);
  if (extreme !== undefined) return extreme;
  const at = (every: number) => (beta: number) => slopeAt(compute, rows, beta, every);
  if (!at1.rests) return yield* steepestDescent(at(1), 1, at1.totals, LAST_EXACT_STEP);
  const begun = yield* portion(at(COARSE)(1), 0, 0.05);
  const coarse = 1 / (yield* portion(steepestDescent(at(COARSE), 1, begun, 0.01), 0.05, 0.3));
  if (!(coarse > 0 && Number.isFinite(coarse)))
    return yield* portion(steepestDescent(at(1), 1, at1.totals, LAST_STEP), 0.3, 1);
  const first = yield* portion(at(1)(coarse), 0.3, 0.5);
  return yield* portion(
    steepestDescent(at(1), coarse, first, LAST_STEP, { beta: 1, curvature: at1.totals.curvature }),
    0.5,
    1,
  );
}

/** Where β is as good as 0, differences of logits count however large they are; at 1 those of a large one may be lost. */
function* isFlatEverywhere(compute: Compute, rows: RowsToScore, { totals }: RowScores): Work<boolean> {
  if (totals.curvature !== 0) return false;
  return (yield* momentsAt(compute, rows, FLAT, 1)).curvature === 0;
}

function* slopeAt(compute: Compute, rows: RowsToScore, beta: number, every: number): Work<Slope> {
  if (beta > 0) return yield* momentsAt(compute, rows, beta, every);
  const flat = yield* momentsAt(compute, rows, FLAT, every);
  // Only where it rises from the very beginning does the digit count that tells whether it does.
  return flat.slope < 0 || every > 1 ? flat : { ...flat, slope: yield* flatSlope(rows) };
}

/** Where the slope goes isn't among the moments; it's taken from a look at all. */
function* momentsAt(compute: Compute, rows: RowsToScore, beta: number, every: number): Work<Slope> {
  const { totals } = yield* compute.score(rows, { beta, what: 'moments', every });
  return totals;
}

/** Means of what rows were scored, each row's confidence on the right side of every edge of a bin. */
function* calibrated(
  compute: Compute,
  rows: RowsToScore,
  scores: RowScores,
  beta: number,
): Work<CalibrationScores> {
  const { totals, confidence, rests } = scores;
  if (!confidence) throw new Error('Nobody asked for the confidence');
  if (rests) yield* decideEdges(compute, rows, beta, rests, confidence);
  return {
    confidence,
    means: Float64Array.of(totals.nll / totals.counted, totals.brier / totals.counted),
  };
}
