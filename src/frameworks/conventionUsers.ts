import {
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
  convertAlpha,
} from '../loss/conventions/conventions.ts';
import { ignoresClasses } from '../loss/theory/specFigures.ts';

/**
 * Who reads α in which way, the best known first. Names, the same in every language. A choice from the catalogue, which the panel's
 * first bundle has no room for; a test compares them.
 */
export const USERS: Readonly<Record<ConventionName, string>> = {
  UNIFORM_K: 'PyTorch, Keras, optax',
  UNIFORM_OTHERS: 'fairseq, ESPnet',
  PAD_EXCLUDED: 'The Annotated Transformer',
  ADDITIVE_RENORM: 'ClassyVision',
  BINARY_HALF: 'Keras BinaryCrossentropy',
  BINARY_FULL: 'MMPretrain multi_label',
  BINARY_UNIFORM_K: 'timm BinaryCrossEntropy',
};

interface EquivalentAlpha {
  readonly convention: ConventionName;
  readonly alpha: number;
}

/**
 * The α (a share, 0…1) that other conventions need for the same targets under the same activation, at K classes. Those that can't have
 * these targets aren't there; nor, where K isn't known (null), those it makes a difference to. Formulas: `convertAlpha`.
 */
export function equivalentAlphas(
  convention: ConventionName,
  alpha: number,
  classes: number | null,
): EquivalentAlpha[] {
  const isTold = (name: ConventionName) => classes !== null || ignoresClasses(name);
  if (!isTold(convention)) return [];
  return CONVENTION_NAMES.flatMap((name) => {
    if (name === convention || CONVENTIONS[name].activation !== CONVENTIONS[convention].activation) return [];
    if (!isTold(name)) return [];
    const converted = convertAlpha(convention, name, alpha, classes ?? 2);
    return converted ? [{ convention: name, alpha: converted.alpha }] : [];
  });
}
