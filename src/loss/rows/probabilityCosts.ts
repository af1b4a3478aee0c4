import type { Focal } from '../lossSpec.ts';

/** What Keras keeps probabilities away from 0 and 1 by: `keras.config.epsilon()`. */
const KERAS_EPSILON = 1e-7;

/**
 * What one class costs in `keras.losses.CategoricalFocalCrossentropy`, by its −ln p: balance·(1 − p)^γ·(−ln p), with p clipped
 * as Keras does. In nats.
 */
export function focalCost(nll: number, { balance, gamma }: Focal): number {
  const p = awayFromEnds(Math.exp(-nll));
  return balance * (1 - p) ** gamma * -Math.log(p);
}

/** p·d(focal cost)/dp; −1 for gamma = 0 and balance = 1, where the cost is −ln p. */
export function focalSlope(p: number, { balance, gamma }: Focal): number {
  return balance * (1 - p) ** (gamma - 1) * (gamma * p * Math.log(p) - (1 - p));
}

/** −t·ln σ(z) − (1 − t)·ln(1 − σ(z)) in nats, stable for any logit. What has no part in it costs nothing, not 0·∞. */
export function binaryCost(logit: number, target: number): number {
  if (target === 0) return softplus(logit);
  if (target === 1) return softplus(-logit);
  return (1 - target) * softplus(logit) + target * softplus(-logit);
}

/** ln(1 + e^z) without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/**
 * `keras.losses.BinaryFocalCrossentropy` of one element: (1 − p_t)^γ·BCE. p_t is built from the smoothed target, so this
 * isn't affine in α: no sums make it cheap.
 */
export function binaryFocalCost(probability: number, smoothedTarget: number, gamma: number): number {
  const p = awayFromEnds(probability);
  const q = smoothedTarget;
  const agreement = q * p + (1 - q) * (1 - p);
  return (1 - agreement) ** gamma * -(q * Math.log(p) + (1 - q) * Math.log(1 - p));
}

/** A probability as Keras takes it: in 1e−7 … 1 − 1e−7. */
export function awayFromEnds(p: number): number {
  return Math.min(Math.max(p, KERAS_EPSILON), 1 - KERAS_EPSILON);
}
