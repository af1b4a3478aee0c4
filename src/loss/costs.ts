import { logSoftmax } from './softmax.ts';

/** What Keras keeps probabilities away from 0 and 1 by: `keras.config.epsilon()`. */
const KERAS_EPSILON = 1e-7;

/** −ln p for each class, p = softmax(logits): (K) nats. A smoothed loss is Σ q_k·cost_k. */
export function softmaxCosts(logits: Float64Array): Float64Array {
  return logSoftmax(logits).map((x) => -x);
}

/** −ln p of probabilities as Keras takes them: divided by their sum, then clipped to 1e−7 … 1 − 1e−7. (K) nats. */
export function clippedCosts(probabilities: Float64Array): Float64Array {
  const sum = probabilities.reduce((a, b) => a + b, 0);
  return probabilities.map((p) => -Math.log(clipped(p / sum)));
}

/**
 * `keras.losses.CategoricalFocalCrossentropy`: balance·(1 − p)^γ·(−ln p) for each class, p clipped. `balance` is the
 * argument Keras calls alpha, a weight; it has nothing to do with label smoothing. (K) nats.
 */
export function focalCosts(probabilities: Float64Array, balance: number, gamma: number): Float64Array {
  return clippedCosts(probabilities).map((cost) => balance * (1 - Math.exp(-cost)) ** gamma * cost);
}

/** −q·ln σ(z) − (1 − q)·ln(1 − σ(z)) in nats, stable for any logit. */
export function binaryCost(logit: number, q: number): number {
  return softplus(logit) - q * logit;
}

/** ln(1 + e^z) without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** `keras.losses.BinaryFocalCrossentropy` of one element: (1 − p_t)^γ·BCE, where p_t is built from the smoothed target q. */
export function binaryFocalCost(probability: number, q: number, gamma: number): number {
  const p = clipped(probability);
  const agreement = q * p + (1 - q) * (1 - p);
  return (1 - agreement) ** gamma * -(q * Math.log(p) + (1 - q) * Math.log(1 - p));
}

function clipped(p: number): number {
  return Math.min(Math.max(p, KERAS_EPSILON), 1 - KERAS_EPSILON);
}
