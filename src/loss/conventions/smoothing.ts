import { DEFAULT_SPEC, type LossSpec } from '../lossSpec.ts';
import { CONVENTIONS, type Convention, uniformAlpha } from './conventions.ts';

/** Class indices are signed 32-bit integers in files, tensors and kernels, so K is at most the largest of those. */
export const MOST_CLASSES = 2 ** 31 - 1;

/** True if K may be this: a whole number from 1 to `MOST_CLASSES`. */
export function isClassCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_CLASSES;
}

/** How targets of K classes are smoothed, in the terms all formulas share: (1 − uniform)·label + uniform/among. */
export interface Smoothing {
  readonly activation: Convention['activation'];
  readonly classes: number;
  /** u, the part that is shared out evenly. */
  readonly uniform: number;
  /** m, the number of classes it is shared out among. */
  readonly among: number;
  /** The class that gets nothing, or null. */
  readonly padding: number | null;
}

/** What an α comes to for K classes, as its convention reads it. */
export function smoothingOf(
  {
    convention,
    labelSmoothing,
    ignoreIndex,
  }: Pick<LossSpec, 'convention' | 'labelSmoothing' | 'ignoreIndex'>,
  classes: number,
): Smoothing {
  const { activation, among, padded } = CONVENTIONS[convention];
  return {
    activation,
    classes,
    uniform: uniformAlpha(convention, labelSmoothing, classes),
    among: among(classes),
    padding: padded ? ignoreIndex : null,
  };
}

/** PyTorch's: (1 − α)·label + α/K. */
export function uniformSmoothing(alpha: number, classes: number): Smoothing {
  return smoothingOf({ ...DEFAULT_SPEC, labelSmoothing: alpha }, classes);
}

/** A few units in the last place of a number near 1. */
const ROUNDING = 4 * Number.EPSILON;

/** What labels of 1 and 0 become: 1 − u + u/m and u/m. */
export function valuesOf({ uniform, among }: Smoothing): { readonly on: number; readonly off: number } {
  // Where nothing is shared there may be nobody to share with: 0, not 0/0.
  const off = uniform === 0 ? 0 : uniform / among;
  const on = 1 - uniform + off;
  // All is given away where the others get all: what is left of 1 then is rounding.
  return { on: Math.abs(on) < ROUNDING ? 0 : on, off };
}

/** The smoothed target of one row, hard or soft: (K) → (K). Sums to 1 if the target does and the activation is softmax. */
export function smoothed(target: Float64Array, smoothing: Smoothing): Float64Array {
  const { uniform, padding } = smoothing;
  const { on, off } = valuesOf(smoothing);
  if (padding !== null && target[padding] === 1) return new Float64Array(target.length);
  return target.map((t, k) => {
    if (k === padding) return 0;
    return t === 1 ? on : (1 - uniform) * t + off;
  });
}

/** What a sigmoid's true class sees: itself and its absence. A softmax as it is. */
export function asBetweenTwo(smoothing: Smoothing): Smoothing {
  if (smoothing.activation === 'softmax') return smoothing;
  return { ...smoothing, uniform: 2 * (1 - valuesOf(smoothing).on), among: 2 };
}

/** The sum of a smoothed one-hot row: 1 under a softmax; targets of sigmoids needn't sum to anything. */
export function rowMass(smoothing: Smoothing): number {
  const { on, off } = valuesOf(smoothing);
  return on + (smoothing.classes - (smoothing.padding === null ? 1 : 2)) * off;
}
