import { CONVENTIONS, type ConventionName, convertAlpha } from '../loss/conventions/conventions.ts';
import type { LossForm, Reduction } from '../loss/lossSpec.ts';
import { ignoresClasses, type SpecFigures, specFiguresOf } from '../loss/theory/specFigures.ts';
import { literal } from '../words/numberFormat.ts';

export const TARGET_FRAMEWORKS = ['PyTorch', 'Keras', 'optax'] as const;

/** NumPy has no loss of its own: its code is the targets. */
export type CodeDialect = (typeof TARGET_FRAMEWORKS)[number] | 'NumPy';

/** A framework that losses are copied for. */
export type TargetFramework = (typeof TARGET_FRAMEWORKS)[number];

/** What is to be had elsewhere. */
export interface Wanted {
  readonly convention: ConventionName;
  readonly alpha: number;
  /** Null if it isn't known. */
  readonly classes: number | null;
  readonly form: LossForm;
  readonly reduction: Reduction;
}

/** Why there's no code for it: it takes K to convert α, or a class gets nothing, which no α of theirs does. */
type NoEquivalent = 'needs-classes' | 'padding';

/** Code for the same targets and the same gradient, in one line. */
export function equivalentIn(
  framework: CodeDialect,
  wanted: Wanted,
): { code: string } | { why: NoEquivalent } {
  const { convention, alpha, classes, form } = wanted;
  const { activation, padded } = CONVENTIONS[convention];
  if (padded) return { why: 'padding' };
  const free = convention === 'UNIFORM_K' || convention === 'ADDITIVE_RENORM' || ignoresClasses(convention);
  if (classes === null && !free) return { why: 'needs-classes' };
  const figures = specFiguresOf(convention, alpha, classes ?? 2, 'ce');
  if (framework === 'NumPy') return { code: numpyTargets(figures, wanted) };
  const code =
    activation === 'softmax'
      ? softmaxCode(framework, convertAlpha(convention, 'UNIFORM_K', alpha, classes ?? 2)!.alpha, wanted)
      : sigmoidCode(framework, figures, wanted);
  // Only the value of the loss is another one, and by how much is known with K.
  return {
    code: form === 'ce' ? code : `${code}  # the gradient is the same; the loss is the cross-entropy`,
  };
}

/** (1 − u)·label + u/m of all rows. */
function numpyTargets({ smoothing, on, off }: SpecFigures, { classes, convention, alpha }: Wanted): string {
  const labels = `np.eye(${classes ?? 'K'})[labels]`;
  if (convention === 'UNIFORM_K' || convention === 'BINARY_UNIFORM_K') {
    const value = literal(alpha);
    return `targets = (1 - ${value}) * ${labels} + ${value} / ${classes ?? 'K'}`;
  }
  const kept = smoothing.activation === 'softmax' ? 1 - smoothing.uniform : on - off;
  return `targets = ${literal(kept)} * ${labels} + ${literal(off)}`;
}

function softmaxCode(framework: TargetFramework, alpha: number, { classes, reduction }: Wanted): string {
  const value = literal(alpha);
  switch (framework) {
    case 'PyTorch':
      return `nn.CrossEntropyLoss(label_smoothing=${value}${reduction === 'mean' ? '' : `, reduction="${reduction}"`})`;
    case 'Keras':
      return `keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=${value}${kerasReduction(reduction)})`;
    case 'optax':
      return `optax.softmax_cross_entropy(logits, optax.smooth_labels(jax.nn.one_hot(labels, ${classes ?? 'K'}), ${value}))${reduced(reduction)}`;
  }
}

function sigmoidCode(
  framework: TargetFramework,
  { on, off }: { readonly on: number; readonly off: number },
  { reduction }: Wanted,
): string {
  const targets = `labels * ${literal(on - off)} + ${literal(off)}`;
  const even = Math.abs(on + off - 1) < 1e-12;
  switch (framework) {
    case 'PyTorch':
      return `F.binary_cross_entropy_with_logits(logits, ${targets}${reduction === 'mean' ? '' : `, reduction="${reduction}"`})`;
    case 'Keras':
      return even
        ? `keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=${literal(2 * off)}${kerasReduction(reduction)})`
        : `keras.losses.BinaryCrossentropy(from_logits=True${kerasReduction(reduction)})(${targets}, logits)`;
    case 'optax':
      return `optax.sigmoid_binary_cross_entropy(logits, ${targets})${reduced(reduction)}`;
  }
}

function kerasReduction(reduction: Reduction): string {
  return reduction === 'mean' ? '' : `, reduction=${reduction === 'sum' ? '"sum"' : 'None'}`;
}

function reduced(reduction: Reduction): string {
  return reduction === 'none' ? '' : `.${reduction}()`;
}
