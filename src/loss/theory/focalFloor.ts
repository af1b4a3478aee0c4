import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';
import type { Focal } from '../lossSpec.ts';
import { softplus } from '../rows/probabilityCosts.ts';

const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Each step leaves 0.618 of the interval: enough for float64. */
const STEPS = 90;

/**
 * The lowest categorical focal loss of a row with one true class, in nats. The cost of a class is convex in its probability,
 * so at the lowest point the other classes are alike, and one number is left to look for: by golden-section search, in
 * the logit gap. There is no closed form, and it isn't at p = q: a focal loss asks for less certainty.
 */
export function focalFloor(smoothing: Smoothing, focal: Focal): number {
  const { on, off } = valuesOf(smoothing);
  const others = smoothing.among - 1;
  // Without Keras' clipping, which would make it flat far out.
  const cost = (nll: number) => focal.balance * (-Math.expm1(-nll)) ** focal.gamma * nll;
  const lossAt = (gap: number) => {
    const nll = softplus(Math.log(others) - gap);
    return on * cost(nll) + (off === 0 ? 0 : others * off * cost(nll + gap));
  };
  let [low, high] = [-60, 60];
  for (let i = 0; i < STEPS; i++) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (lossAt(a) < lossAt(b)) high = b;
    else low = a;
  }
  return lossAt((low + high) / 2);
}
