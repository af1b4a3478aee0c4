import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';
import { softplus } from '../rows/probabilityCosts.ts';
import { labelEntropy, optimalGap } from './floors.ts';

/** The logits at which a row with one true class has its lowest loss. */
export function optimalLogits(smoothing: Smoothing): {
  /** Of the true class; over the other classes' logit under a softmax. */
  readonly trueLogit: number;
  /** Of the other classes; 0 under a softmax, where only differences count. */
  readonly otherLogit: number;
} {
  if (smoothing.activation === 'softmax') return { trueLogit: optimalGap(smoothing), otherLogit: 0 };
  const { on, off } = valuesOf(smoothing);
  return { trueLogit: Math.log(on / (1 - on)), otherLogit: Math.log(off / (1 - off)) };
}

/**
 * The softmax loss of one row whose true class has a logit this much above the others', in nats: −ln p is
 * ln(1 + (m − 1)·e^−gap), and every other class costs `gap` more. Lowest at `optimalGap`, where it's the floor.
 */
export function lossAtGap(gap: number, smoothing: Smoothing): number {
  const others = smoothing.among - 1;
  const { off } = valuesOf(smoothing);
  return softplus(Math.log(others) - gap) + (off === 0 ? 0 : others * off * gap);
}

/** Where a loss can come from: the true class has probability p, the others share the rest. */
interface PossibleLoss {
  readonly p: number;
  /** The logit of the true class over the others'. */
  readonly gap: number;
}

/** Both places a loss can come from, or why it comes from nowhere. */
export type LossReading =
  | {
      /** Below the optimum. */
      readonly unsure: PossibleLoss;
      /** Above it; null where nothing is above: without smoothing. */
      readonly oversure: PossibleLoss | null;
    }
  | { readonly impossible: 'below-floor' | 'not-a-number'; readonly floor: number };

/** The probabilities of the true class that give this softmax loss: a cross-entropy, in nats. */
export function readLoss(loss: number, smoothing: Smoothing): LossReading {
  const floor = labelEntropy(smoothing);
  if (Number.isNaN(loss)) return { impossible: 'not-a-number', floor };
  if (loss < floor) return { impossible: 'below-floor', floor };
  const others = smoothing.among - 1;
  const reading = (gap: number): PossibleLoss => ({ gap, p: Math.exp(-softplus(Math.log(others) - gap)) });
  if (smoothing.uniform === 0) {
    const gap = loss === 0 ? Number.POSITIVE_INFINITY : Math.log(others) - Math.log(Math.expm1(loss));
    return { unsure: reading(gap), oversure: null };
  }
  const lowest = optimalGap(smoothing);
  const at = (gap: number) => lossAtGap(gap, smoothing);
  return {
    unsure: reading(crossing(at, loss, lowest, -1)),
    oversure: reading(crossing(at, loss, lowest, 1)),
  };
}

/** Where a function that falls to `lowest` and rises after it passes `value`, on the side of `direction`: by bisection. */
function crossing(f: (x: number) => number, value: number, lowest: number, direction: 1 | -1): number {
  let step = 1;
  while (f(lowest + direction * step) < value) step *= 2;
  let [inside, outside] = [lowest, lowest + direction * step];
  for (let middle = (inside + outside) / 2; middle !== inside && middle !== outside; ) {
    if (f(middle) < value) inside = middle;
    else outside = middle;
    middle = (inside + outside) / 2;
  }
  return outside;
}
