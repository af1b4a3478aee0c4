import { CONVENTIONS, type ConventionName } from '../conventions/conventions.ts';
import { type Smoothing, smoothingOf, valuesOf } from '../conventions/smoothing.ts';
import type { LossForm } from '../lossSpec.ts';
import { hardFloor, labelEntropy, optimalGap } from './floors.ts';

/** What smoothing by an α comes to for K classes, without logits and without class weights. Losses in nats. */
export interface SpecFigures {
  readonly smoothing: Smoothing;
  /** The targets of the true class and of the others. */
  readonly on: number;
  readonly off: number;
  /** The lowest loss of a row: the loss of a model that predicts exactly the targets. */
  readonly floor: number;
  /** The loss of a model that finds everything equally likely. */
  readonly guessing: number;
  /**
   * Where the loss is lowest. Softmax: the true logit's distance to the others; sigmoid: the true class's logit. ∞ for a hard
   * target, which no finite logit reaches; 0 where there is no other class, so that every logit does as well.
   */
  readonly gap: number;
  /** There is no second class to share α with, so nothing is smoothed: K = 1, or 2 with padding. */
  readonly alone: boolean;
}

/** In O(1): K may be as large as `MOST_CLASSES`. */
export function specFiguresOf(
  convention: ConventionName,
  labelSmoothing: number,
  classes: number,
  form: LossForm,
): SpecFigures {
  // Which class is padding makes no difference to the others; the last is as good as any.
  const ignoreIndex = CONVENTIONS[convention].padded ? classes - 1 : null;
  const smoothing = smoothingOf({ convention, labelSmoothing, ignoreIndex }, classes);
  const { on, off } = valuesOf(smoothing);
  const softmax = smoothing.activation === 'softmax';
  const alone = smoothing.among < 2;
  // The other forms are the cross-entropy less the entropy of the target.
  const constant = form === 'ce' ? 0 : labelEntropy(smoothing);
  return {
    smoothing,
    on,
    off,
    floor: hardFloor(smoothing) - constant,
    guessing: (softmax ? Math.log(Math.max(1, smoothing.among)) : Math.LN2) - constant,
    gap: alone ? 0 : softmax ? optimalGap(smoothing) : Math.log(on / (1 - on)),
    alone,
  };
}

/** True if targets are the same for any number of classes: a sigmoid's that shares with nobody. */
export function ignoresClasses(convention: ConventionName): boolean {
  const { among } = CONVENTIONS[convention];
  return among(3) === among(2);
}
