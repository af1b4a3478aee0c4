import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import { smoothingOf, valuesOf } from '../../loss/conventions/smoothing.ts';
import { hardFloor, optimalGap } from '../../loss/theory/floors.ts';

/** What's known before anything is trained. Losses in nats. */
export interface LabTheory {
  /** The lowest training loss, reached where the prediction is the smoothed target. */
  readonly floor: number;
  /** The loss of a guess, all logits alike: ln K under a softmax, ln 2 under sigmoids. */
  readonly guess: number;
  /** The logit gap where the loss is lowest: ln(on/off), in UNIFORM_K ln(1 + K(1−α)/α). ∞ without smoothing; NaN of sigmoids. */
  readonly optimalGap: number;
  /** The confidence that is asked for: the on value. */
  readonly confidence: number;
}

/** Theory of an α for K classes; in a convention with a padding class, that one comes on top of them. */
export function theoryOf(convention: ConventionName, labelSmoothing: number, classes: number): LabTheory {
  const { padded, activation } = CONVENTIONS[convention];
  const outputs = padded ? classes + 1 : classes;
  const smoothing = smoothingOf(
    { convention, labelSmoothing, ignoreIndex: padded ? classes : null },
    outputs,
  );
  return {
    floor: hardFloor(smoothing),
    guess: activation === 'softmax' ? Math.log(outputs) : Math.LN2,
    optimalGap: activation === 'softmax' ? optimalGap(smoothing) : Number.NaN,
    confidence: valuesOf(smoothing).on,
  };
}
