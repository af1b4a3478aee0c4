import type { Smoothing } from '../conventions/smoothing.ts';
import { labelEntropy } from './floors.ts';

/** The evenly shared part u at which a smoothed label has this entropy, in nats: 0 for 0, 1 for ln m; NaN for more than that. */
export function uniformOfEntropy(wanted: number, smoothing: Smoothing): number {
  const highest = Math.log(smoothing.among);
  if (!(wanted >= 0 && wanted <= highest + 1e-12)) return Number.NaN;
  if (wanted === 0 || wanted >= highest) return wanted === 0 ? 0 : 1;
  // The entropy grows with u all the way from the label to the even share.
  let [low, high] = [0, 1];
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
    if (labelEntropy({ ...smoothing, uniform: middle }) < wanted) low = middle;
    else high = middle;
  }
  return high;
}
