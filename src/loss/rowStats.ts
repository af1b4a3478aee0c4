/**
 * What one pass over the logits leaves of each row. The loss of row i is then affine in α,
 * `(1 − α)·hard[i] + α·uniform[i]`, so moving α never touches the logits again. All in nats, float64.
 */
export interface RowStats {
  readonly rows: number;
  readonly classes: number;
  /** The target's index (for soft targets the most probable class); as given, so an ignored row keeps the ignore index. */
  readonly target: Int32Array;
  /** argmax of the logits; the first of equals. */
  readonly prediction: Int32Array;
  /** softmax(logits)[target]; NaN where the row is ignored. */
  readonly pTarget: Float64Array;
  /** Σ_k w_k t_k (−ln p_k): the loss at α = 0. 0 where ignored. */
  readonly hard: Float64Array;
  /** (1/K) Σ_k w_k (−ln p_k): the loss at α = 1. 0 where ignored. */
  readonly uniform: Float64Array;
  /** The row's share of the denominator of the mean: w_target (1 for soft targets, 0 where ignored). */
  readonly share: Float64Array;
}
