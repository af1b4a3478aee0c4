import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';
import { optimalProbabilities, type WeightedTargets, weightedTargets } from './weightedTargets.ts';

/** For rows of each class, under class weights: the prediction at which the loss is lowest. All (K). */
export interface ClassOptima extends WeightedTargets {
  /** Its probability of the class itself; NaN where rows of the class cost nothing, whatever is predicted. */
  readonly own: Float64Array;
  /** Its largest probability, and of which class: the class itself, unless smoothing and weights have moved it. */
  readonly favoured: Int32Array;
  readonly most: Float64Array;
}

/**
 * A weighted softmax loss −Σ w_c q_c ln p_c is lowest at p_c = w_c q_c / Σ w q (Gibbs' inequality), with q the smoothed one-hot target:
 * p_c ∝ (1 − u)·w_y·[c = y] + (u/m)·w_c, as in PyTorch's `cross_entropy_loss_label_smoothing`. All classes in O(K).
 */
export function classOptima(smoothing: Smoothing, weight: Float64Array | null): ClassOptima {
  const { classes, padding } = smoothing;
  const { on, off } = valuesOf(smoothing);
  const weighted = weightedTargets(smoothing, weight);
  const { weight: w, mass } = weighted;
  const [first, second] = largestTwo(w);
  const own = optimalProbabilities(smoothing, weight).map((p, y) => (mass[y] === 0 ? Number.NaN : p));
  const rival = (y: number) => (y === first ? second : first);
  const isMoved = (y: number) => rival(y) !== -1 && y !== padding && off * w[rival(y)]! > on * w[y]!;
  const favoured = Int32Array.from({ length: classes }, (_, y) => (isMoved(y) ? rival(y) : y));
  const most = own.map((x, y) => (isMoved(y) ? optimumAt(smoothing, weighted, y, rival(y)) : x));
  return { ...weighted, own, favoured, most };
}

/** The optimum for rows of class `target`, at class `k`. */
export function optimumAt(
  smoothing: Smoothing,
  { mass, weight }: WeightedTargets,
  target: number,
  k: number,
): number {
  const { on, off } = valuesOf(smoothing);
  return ((k === target ? on : off) * weight[k]!) / mass[target]!;
}

/**
 * The evenly shared part u below which a class stays its own optimum though another weighs `ratio` times as much: u = m/(ratio −
 * 1 + m), from ratio < on/off = 1 + m(1 − u)/u. 1 where no weight can move it.
 */
export function uniformBound(ratio: number, { among }: Pick<Smoothing, 'among'>): number {
  return Math.min(1, among / (ratio - 1 + among));
}

/** Where the largest two are; −1 where there's none. */
function largestTwo(values: Float64Array): readonly [number, number] {
  let [first, second] = [-1, -1];
  values.forEach((value, k) => {
    if (first === -1 || value > values[first]!) [first, second] = [k, first];
    else if (second === -1 || value > values[second]!) second = k;
  });
  return [first, second];
}
