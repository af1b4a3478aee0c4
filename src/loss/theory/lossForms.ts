import { type Smoothing, valuesOf } from '../conventions/smoothing.ts';
import type { LossForm } from '../lossSpec.ts';
import { labelEntropy } from './floors.ts';

/** What a loss form takes off the cross-entropy of a row with one true class, in nats. */
export function subtracted(form: LossForm, smoothing: Smoothing): number {
  const { on, off } = valuesOf(smoothing);
  const others = smoothing.among - 1;
  switch (form) {
    case 'ce':
      return 0;
    case 'kl':
      return labelEntropy(smoothing);
    case 'ce-constant':
      // As it is written there: not a number at α = 1, where on is 0.
      return -(on * Math.log(on) + others * off * Math.log(off + 1e-20));
  }
}
