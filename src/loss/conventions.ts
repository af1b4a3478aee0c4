import { offValue } from './targets.ts';

/** The readings of α that are in use. K counts every class, a padding class too. */
export type ConventionName =
  | 'UNIFORM_K'
  | 'UNIFORM_OTHERS'
  | 'PAD_EXCLUDED'
  | 'ADDITIVE_RENORM'
  | 'BINARY_HALF'
  | 'BINARY_FULL'
  | 'BINARY_UNIFORM_K';

/**
 * What one framework means by α. Everything else follows from these: the true class keeps on = 1 − others·off, a target t
 * becomes (on − off)·t + off.
 */
export interface Convention {
  /** Softmax over the classes, or a sigmoid for each class on its own. */
  readonly activation: 'softmax' | 'sigmoid';
  /** How many times `off` the true class gives away. */
  readonly others: (classes: number) => number;
  /** The target where the label says no. */
  readonly off: (alpha: number, classes: number) => number;
  /** The α that gives this `off`: the inverse. */
  readonly alphaOf: (off: number, classes: number) => number;
  /** True if a padding class gets nothing, and a row whose target it is counts nothing. */
  readonly padded: boolean;
}

const one = () => 1;
const allButTrue = (classes: number) => classes - 1;
const allButTrueAndPadding = (classes: number) => classes - 2;

/** Adding a convention is adding an entry. */
export const CONVENTIONS: Readonly<Record<ConventionName, Convention>> = {
  // PyTorch, Keras, TensorFlow, timm, transformers, optax: (1 − α)·onehot + α/K.
  UNIFORM_K: {
    activation: 'softmax',
    others: allButTrue,
    off: offValue,
    alphaOf: (off, classes) => off * classes,
    padded: false,
  },
  // fairseq, tensor2tensor, T5X, ESPnet, Megatron: α is what the true class loses.
  UNIFORM_OTHERS: {
    activation: 'softmax',
    others: allButTrue,
    off: (alpha, classes) => alpha / (classes - 1),
    alphaOf: (off, classes) => off * (classes - 1),
    padded: false,
  },
  // The Annotated Transformer, JoeyNMT, OpenNMT-py up to 3.0.2.
  PAD_EXCLUDED: {
    activation: 'softmax',
    others: allButTrueAndPadding,
    off: (alpha, classes) => alpha / (classes - 2),
    alphaOf: (off, classes) => off * (classes - 2),
    padded: true,
  },
  // ClassyVision: onehot + α/K, divided by its sum.
  ADDITIVE_RENORM: {
    activation: 'softmax',
    others: allButTrue,
    off: (alpha, classes) => offValue(alpha, classes) / (1 + alpha),
    alphaOf: (off, classes) => (off * classes) / (1 - off * classes),
    padded: false,
  },
  // BinaryCrossentropy of Keras, sigmoid_cross_entropy of TensorFlow, YOLOv5.
  BINARY_HALF: {
    activation: 'sigmoid',
    others: one,
    off: (alpha) => alpha / 2,
    alphaOf: (off) => 2 * off,
    padded: false,
  },
  // mmpretrain multi_label, SoftBCEWithLogitsLoss: twice as strong.
  BINARY_FULL: {
    activation: 'sigmoid',
    others: one,
    off: (alpha) => alpha,
    alphaOf: (off) => off,
    padded: false,
  },
  // timm's BinaryCrossEntropy: the targets of UNIFORM_K in a sigmoid loss.
  BINARY_UNIFORM_K: {
    activation: 'sigmoid',
    others: allButTrue,
    off: offValue,
    alphaOf: (off, classes) => off * classes,
    padded: false,
  },
};

/** What a label of 1 and of 0 become at α. */
export interface SmoothedValues {
  readonly on: number;
  readonly off: number;
}

export function smoothedValues(name: ConventionName, alpha: number, classes: number): SmoothedValues {
  const { off, others } = CONVENTIONS[name];
  const value = off(alpha, classes);
  // With nobody to share with, as at K = 1, nothing is given away.
  return others(classes) <= 0 ? { on: 1, off: 0 } : { on: 1 - others(classes) * value, off: value };
}

/** (on − off)·t + off for each class: (K) → (K). `padding` is the class that gets nothing where the convention has one. */
export function smoothedBy(
  name: ConventionName,
  target: Float64Array,
  alpha: number,
  padding: number | null = null,
): Float64Array {
  const { on, off } = smoothedValues(name, alpha, target.length);
  const { padded } = CONVENTIONS[name];
  if (padded && padding !== null && target[padding] === 1) return new Float64Array(target.length);
  return target.map((t, k) => (padded && k === padding ? 0 : (on - off) * t + off));
}

/** The sum of a smoothed one-hot row: 1 for softmax conventions; sigmoid targets needn't sum to anything. */
export function rowMass(name: ConventionName, alpha: number, classes: number): number {
  const { on, off } = smoothedValues(name, alpha, classes);
  return on + (classes - (CONVENTIONS[name].padded ? 2 : 1)) * off;
}

/** The α from which the true class is no longer the likeliest (sigmoid: no longer above ½). ∞ if there's none. */
export function argmaxBound(name: ConventionName, classes: number): number {
  const { activation, others, alphaOf } = CONVENTIONS[name];
  const shared = others(classes);
  return alphaOf(activation === 'softmax' ? 1 / (shared + 1) : 1 / (2 * shared), classes);
}

/**
 * The α in convention `to` that gives the targets α gives in `from`, and whether the loss is the same, too. Undefined where
 * no α does: the true class gives to another number of classes. At K = 2 a sigmoid convention stands for one logit, z₁ − z₀.
 */
export function convertAlpha(
  from: ConventionName,
  to: ConventionName,
  alpha: number,
  classes: number,
): { readonly alpha: number; readonly sameLoss: boolean } | undefined {
  if (from === to) return { alpha, sameLoss: true };
  const [a, b] = [CONVENTIONS[from], CONVENTIONS[to]];
  if (a.padded !== b.padded || a.others(classes) !== b.others(classes)) return undefined;
  const converted = b.alphaOf(a.off(alpha, classes), classes);
  const oneLogit = classes === 2 && (from === 'BINARY_HALF' || from === 'BINARY_FULL');
  const toOneLogit = classes === 2 && (to === 'BINARY_HALF' || to === 'BINARY_FULL');
  return { alpha: converted, sameLoss: a.activation === b.activation || oneLogit || toOneLogit };
}

/** Smoothing what is smoothed already, in UNIFORM_K: 1 − (1 − α₁)(1 − α₂). */
export function composedAlpha(first: number, second: number): number {
  return 1 - (1 - first) * (1 - second);
}
