import type { Reduction } from '../lossSpec.ts';
import { guessSum } from '../theory/floors.ts';
import type { LossTerms } from './lossTerms.ts';
import { type LossTotals, reduced, reducedLoss } from './reduction.ts';

/** What a batch comes to: the numbers on top of the panel, in an export, and from the API. All in nats, and reduced alike ("none" as the mean). */
export interface BatchFigures {
  readonly loss: number;
  /** The cross-entropy at α = 0, and at α = 1. */
  readonly nll: number;
  readonly uniform: number;
  /** What the form of the loss takes off. */
  readonly constant: number;
  /** The lowest this loss can be; undefined until the floors are known. */
  readonly floor: number | undefined;
  readonly excess: number | undefined;
  /** The loss of a prediction that is the same for all classes. */
  readonly guess: number;
}

/**
 * The figures of a batch from sums over its rows, in float64: O(K), so α can be moved without another pass. With Σ over rows, u
 * the evenly shared part, c the form's constant, n the rows that count, and D what the reduction divides by (1 for a sum):
 *
 *     loss    = ((1 − u)·Σ hard + u·Σ uniform)/D − n·c/D    nll = Σ hard/D    uniform = Σ uniform/D
 *     floor   = Σ floor/D                                   excess = loss − floor
 *     guess   = (Σ Σ_k w_k q_k)·ln K/D − n·c/D              with ln 2 for ln K and a mean over k for sigmoids
 *
 * The loss is that of PyTorch's LossNLL.cpp, `cross_entropy_loss_label_smoothing`; floors are R·H(r/R) with r = w∘q, R = Σ r
 * (`targetFloor`), forms as in `subtracted`.
 *
 * `floorSum`: the floors of all rows together, as `RowFloors` has them; undefined until they're known. `crossEntropy`: the
 * reduced cross-entropy, where the order of the sums has made it another (`addInOrder`).
 */
export function batchFigures(
  totals: LossTotals,
  { smoothing, weight, constant: ofRow }: LossTerms,
  floorSum: number | undefined,
  reduction: Reduction,
  crossEntropy?: number,
): BatchFigures {
  const overall = reduction === 'none' ? 'mean' : reduction;
  const over = (sum: number) => reduced(sum, totals, overall);
  const constant = ofRow === 0 ? 0 : over(ofRow * totals.counted);
  const loss = (crossEntropy ?? reducedLoss(totals, smoothing.uniform, overall)) - constant;
  const floor = floorSum === undefined ? undefined : over(floorSum);
  return {
    loss,
    nll: over(totals.hard),
    uniform: over(totals.uniform),
    constant,
    floor,
    excess: floor === undefined ? undefined : loss - floor,
    guess: over(guessSum(totals, smoothing, weight)) - constant,
  };
}
