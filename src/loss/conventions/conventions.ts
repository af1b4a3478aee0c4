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
 * What one framework means by α. Whatever it is, the target is (1 − u)·label + u/m: some part u of it is shared out evenly
 * among m classes, the true one included. Everything else follows from u and m.
 */
export interface Convention {
  /** Softmax over the classes, or a sigmoid for each class on its own. */
  readonly activation: 'softmax' | 'sigmoid';
  /** m */
  readonly among: (classes: number) => number;
  /** What α is of u. */
  readonly measure: Measure;
  /** True if one of the classes is padding: it gets nothing, and a row whose target it is counts nothing. */
  readonly padded: boolean;
}

/** From α to the evenly shared part u, and back. */
interface Measure {
  readonly toUniform: (alpha: number, among: number) => number;
  readonly fromUniform: (uniform: number, among: number) => number;
}

/** α is what is shared out. */
const shared: Measure = { toUniform: (alpha) => alpha, fromUniform: (uniform) => uniform };

/** α is what the true class loses: of what is shared out it gets 1/m back. */
const lost: Measure = {
  toUniform: (alpha, among) => (alpha * among) / (among - 1),
  fromUniform: (uniform, among) => (uniform * (among - 1)) / among,
};

/** α is what is added to a target, before all of it is divided by 1 + α. */
const added: Measure = {
  toUniform: (alpha) => alpha / (1 + alpha),
  fromUniform: (uniform) => uniform / (1 - uniform),
};

const all = (classes: number) => classes;
const allButPadding = (classes: number) => classes - 1;
/** The class, and its absence. */
const two = () => 2;

/** Adding a convention is adding an entry. docs/semantics.md says who uses which. */
export const CONVENTIONS: Readonly<Record<ConventionName, Convention>> = {
  UNIFORM_K: { activation: 'softmax', among: all, measure: shared, padded: false },
  UNIFORM_OTHERS: { activation: 'softmax', among: all, measure: lost, padded: false },
  PAD_EXCLUDED: { activation: 'softmax', among: allButPadding, measure: lost, padded: true },
  ADDITIVE_RENORM: { activation: 'softmax', among: all, measure: added, padded: false },
  BINARY_HALF: { activation: 'sigmoid', among: two, measure: shared, padded: false },
  BINARY_FULL: { activation: 'sigmoid', among: two, measure: lost, padded: false },
  BINARY_UNIFORM_K: { activation: 'sigmoid', among: all, measure: shared, padded: false },
};

export const CONVENTION_NAMES = Object.keys(CONVENTIONS) as readonly ConventionName[];

/** u for this α. With nobody to share with, as at K = 1, nothing is given away. */
export function uniformAlpha(name: ConventionName, alpha: number, classes: number): number {
  const { among, measure } = CONVENTIONS[name];
  const m = among(classes);
  return m > 1 ? measure.toUniform(alpha, m) : 0;
}

/** The α for this u: the inverse of `uniformAlpha`. */
export function alphaOfUniform(name: ConventionName, uniform: number, classes: number): number {
  const { among, measure } = CONVENTIONS[name];
  return measure.fromUniform(uniform, among(classes));
}

/** The smallest α at which the true class no longer has the largest target (sigmoid: no longer above ½). ∞ if there is none. */
export function argmaxBound(name: ConventionName, classes: number): number {
  const { activation, among, measure } = CONVENTIONS[name];
  const m = among(classes);
  return measure.fromUniform(activation === 'softmax' ? 1 : m / (2 * (m - 1)), m);
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
  const m = b.among(classes);
  if (a.padded !== b.padded || a.among(classes) !== m) return undefined;
  const converted = b.measure.fromUniform(uniformAlpha(from, alpha, classes), m);
  const oneLogit = classes === 2 && (a.among === two || b.among === two);
  return { alpha: converted, sameLoss: a.activation === b.activation || oneLogit };
}

/** True if what's measured of rows for one convention is the same for the other: they differ in what α is of the shared part. */
export function sharesRows(a: ConventionName, b: ConventionName, classes: number): boolean {
  const [one, other] = [CONVENTIONS[a], CONVENTIONS[b]];
  return (
    one.activation === other.activation &&
    one.padded === other.padded &&
    one.among(classes) === other.among(classes)
  );
}

/** Smoothing what is smoothed already, in UNIFORM_K: 1 − (1 − α₁)(1 − α₂). */
export function composedAlpha(first: number, second: number): number {
  return 1 - (1 - first) * (1 - second);
}
