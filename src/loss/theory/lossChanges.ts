import {
  argmaxBound,
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
} from '../conventions/conventions.ts';
import { asBetweenTwo, smoothingOf } from '../conventions/smoothing.ts';
import type { LossForm } from '../lossSpec.ts';
import { subtracted } from './lossForms.ts';
import { type LossReading, readLoss } from './lossReading.ts';
import { LOSS_UNITS, type LossUnit, toNats } from './lossUnits.ts';

/** A loss someone has seen, and what they think it was computed with. */
export interface SeenLoss {
  readonly loss: number;
  readonly unit: LossUnit;
  readonly convention: ConventionName;
  readonly labelSmoothing: number;
  readonly classes: number;
  readonly form: LossForm;
}

/** One thing that may have been otherwise: for α and K the bound up to which the loss is possible. */
export type LossChange =
  | { readonly of: 'unit'; readonly to: LossUnit }
  | { readonly of: 'convention'; readonly to: ConventionName }
  | { readonly of: 'labelSmoothing' | 'classes'; readonly to: number }
  | { readonly of: 'form'; readonly to: LossForm };

/**
 * The conventions under which a loss stands for a p: of a softmax, or of sigmoids that treat a class and its absence alike, so
 * that each class may be equally right.
 */
export const READABLE_CONVENTIONS: readonly ConventionName[] = CONVENTION_NAMES.filter(
  (name) => CONVENTIONS[name].activation === 'softmax' || name !== 'BINARY_UNIFORM_K',
);

/** The p(true) a loss stands for; in nats throughout. A loss may be below 0 in no form. */
export function readSeen({ loss, unit, form, ...seen }: SeenLoss): LossReading {
  // Which class is padding makes no difference to the others.
  const smoothing = asBetweenTwo(smoothingOf({ ...seen, ignoreIndex: seen.classes - 1 }, seen.classes));
  const constant = subtracted(form, smoothing);
  const read = readLoss(toNats(loss, unit) + constant, smoothing);
  return 'impossible' in read ? { ...read, floor: read.floor - constant } : read;
}

/** The single changes that make a loss possible that isn't, the likeliest first. */
export function consistentChanges(seen: SeenLoss): LossChange[] {
  if (!(seen.loss >= 0)) return [];
  const others = <T>(all: readonly T[], now: T) => all.filter((each) => each !== now);
  const softmax = CONVENTIONS[seen.convention].activation === 'softmax';
  const forms: LossChange[] = softmax ? [{ of: 'form', to: seen.form === 'ce' ? 'kl' : 'ce' }] : [];
  const changes: LossChange[] = [
    ...others(LOSS_UNITS, seen.unit).map((to) => ({ of: 'unit', to }) as const),
    ...others(READABLE_CONVENTIONS, seen.convention)
      .filter((to) => CONVENTIONS[to].activation === CONVENTIONS[seen.convention].activation)
      .filter((to) => !CONVENTIONS[to].padded || seen.classes > 2)
      .map((to) => ({ of: 'convention', to }) as const),
    ...forms,
    ...largestPossible('labelSmoothing', seen),
    ...largestPossible('classes', seen),
  ];
  return changes.filter((change) => !('impossible' in readSeen(changed(seen, change))));
}

/** The same loss, read with one thing changed. */
export function changed(seen: SeenLoss, { of, to }: LossChange): SeenLoss {
  return { ...seen, [of]: to };
}

/** Below the bound where the true class ceases to be the likeliest the floor grows with α, and with K. By bisection. */
function largestPossible(of: 'labelSmoothing' | 'classes', seen: SeenLoss): LossChange[] {
  if (seen.form !== 'ce') return [];
  const possible = (to: number) => !('impossible' in readSeen(changed(seen, { of, to })));
  const whole = of === 'classes';
  let low = whole ? (CONVENTIONS[seen.convention].padded ? 3 : 2) : 0;
  let high = whole ? seen.classes : Math.min(seen.labelSmoothing, argmaxBound(seen.convention, seen.classes));
  if (!possible(low) || possible(high)) return [];
  for (let i = 0; i < 60 && high - low > (whole ? 1 : 0); i++) {
    const middle = whole ? Math.floor((low + high) / 2) : (low + high) / 2;
    if (possible(middle)) low = middle;
    else high = middle;
  }
  return [{ of, to: low }];
}
