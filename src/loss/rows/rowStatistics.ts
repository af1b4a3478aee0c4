import { SLICE, type Work } from '../work.ts';
import type { Floats } from './rowLayout.ts';
import { isIgnoredTarget, type PassSpec, type RowStats, shareOfRows } from './rowStats.ts';

/**
 * What a program elsewhere has left of each row of logits z, (rows) each: enough for every softmax loss without a padding class, at any α
 * and whatever is ignored, and for the confidence at T = 1. A row whose softmax isn't a number has an `lse` that isn't finite.
 */
export interface RowStatistics {
  /** ln Σ exp z */
  readonly lse: Floats;
  /** (1/K) Σ z */
  readonly mean: Floats;
  readonly max: Floats;
  /** The first of equals. */
  readonly argmax: Int32Array;
  /** Σ p², for the Brier score. */
  readonly pSquared: Floats;
  /** The logit of each row's target, where that is a class; null without targets. */
  readonly zTarget: Floats | null;
  /** (1/K) Σ w z, of the class weights that the source declares; null if it was measured without. */
  readonly weightedMean: Floats | null;
}

/**
 * The same as measuring the logits: with ln p = z − lse, −ln p of the target is lse − z[target], and the mean of −w·ln p over the classes
 * is lse·Σw/K − (1/K) Σ w z. `target`: null for each row's prediction. With weights, `weightedMean` has to be there.
 */
export function* statsOfStatistics(
  statistics: RowStatistics,
  classes: number,
  target: Int32Array | null,
  spec: PassSpec,
): Work<RowStats> {
  const { lse, max, argmax, zTarget } = statistics;
  const { weight } = spec;
  const mean = weight ? statistics.weightedMean : statistics.mean;
  if (!mean) throw new Error('These rows were measured without class weights');
  const massShare = weight ? weight.reduce((sum, w) => sum + w, 0) / classes : 1;
  const rows = lse.length;
  const targets = target ?? argmax;
  const [pTarget, pMax, hard, uniform] = Array.from({ length: 4 }, () => new Float64Array(rows)) as Four;
  for (let row = 0; row < rows; row++) {
    if (row % SLICE === 0) yield row / rows;
    const known = Number.isFinite(lse[row]!);
    pMax[row] = known ? Math.exp(max[row]! - lse[row]!) : Number.NaN;
    pTarget[row] = Number.NaN;
    const wanted = targets[row]!;
    if (isIgnoredTarget(wanted, 'indices', spec)) continue;
    const nll = known ? lse[row]! - (target ? zTarget![row]! : max[row]!) : Number.NaN;
    pTarget[row] = Math.exp(-nll);
    hard[row] = (weight ? weight[wanted]! : 1) * nll;
    uniform[row] = known ? lse[row]! * massShare - mean[row]! : Number.NaN;
  }
  const share = shareOfRows(targets, 'indices', spec);
  const columns = { target: targets.slice(), prediction: argmax.slice(), pTarget, pMax, hard, uniform };
  return { targets: 'indices', rows, classes, ...columns, share };
}

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];
