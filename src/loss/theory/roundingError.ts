/**
 * How far a loss may be from the one it would be without rounding, in nats, if each logit is off by `rounding` at most.
 *
 * A row costs Σ_k w_k y′_k (logsumexp(z) − z_k), with weights and targets of 0 or more. Let |Δz_k| ≤ δ for every k. logsumexp
 * grows with each z_k, and logsumexp(z + δ) = logsumexp(z) + δ, so |Δ logsumexp| ≤ δ; hence each −ln p_k moves by 2δ at most,
 * and the row by 2δ·Σ_k w_k y′_k. Where targets sum to 1 and there are no weights this is 2δ: for logits printed with d
 * decimals, off by ½·10^−d, the loss is off by 10^−d at most. It comes as near to that as p(target) to 0, and not nearer.
 *
 * `mass` is Σ_k w_k y′_k of the rows, reduced as the loss is: 1 for a mean without weights, the rows that count for a sum.
 */
export function roundingError(rounding: number, mass: number): number {
  return 2 * rounding * mass;
}
